export { listOverruled } from "./list-overruled.ts";
export { readLabelArrival } from "./read-label-arrival.ts";
export { readLearningCurve } from "./read-learning-curve.ts";
export { readReviewQuality } from "./read-review-quality.ts";
