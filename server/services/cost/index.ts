export { readCertainty } from "./read-certainty.ts";
export { readCosts } from "./read-costs.ts";
export { readModelCosts } from "./read-model-costs.ts";
export { readSegmentCosts } from "./read-segment-costs.ts";
