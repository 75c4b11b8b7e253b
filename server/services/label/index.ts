export { countLabelDelays } from "./label-delays.ts";
export { LabelInput } from "./label-input.ts";
export { recordLabel } from "./record-label.ts";
export { recordLabels } from "./record-labels.ts";
