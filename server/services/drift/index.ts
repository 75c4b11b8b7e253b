export { ReadDriftInput, readDrift } from "./read-drift.ts";
export { ReadFeatureDriftInput, readFeatureDrift } from "./read-feature-drift.ts";
export { updateDrift } from "./update-drift.ts";
