export { readBands } from "./read-bands.ts";
export { readCalibration } from "./read-calibration.ts";
export { ReadCardPrecisionInput, readCardPrecision } from "./read-card-precision.ts";
export { readOverTime } from "./read-over-time.ts";
export { readPerformance } from "./read-performance.ts";
export { ReadSegmentsInput, readSegments } from "./read-segments.ts";
