export { readCalibration } from "./read-calibration.ts";
export { readOverTime } from "./read-over-time.ts";
export { readPerformance } from "./read-performance.ts";
export { ReadSegmentsInput, readSegments } from "./read-segments.ts";
