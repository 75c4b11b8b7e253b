export type { LabelRecord } from "./add-label.ts";
export { LabelInput } from "./label-input.ts";
export { recordLabel } from "./record-label.ts";
export { type LabelsRecorded, recordLabels } from "./record-labels.ts";
