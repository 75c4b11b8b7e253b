export { readBands } from "./read-bands.ts";
export { readCalibration } from "./read-calibration.ts";
export { ReadCardPrecisionInput, readCardPrecision } from "./read-card-precision.ts";
export { ReadCohortsInput, readCohorts } from "./read-cohorts.ts";
export { readModels } from "./read-models.ts";
export { readOverTime } from "./read-over-time.ts";
export { readPerformance } from "./read-performance.ts";
export { ReadSegmentsInput, readSegments } from "./read-segments.ts";
export { updateCohorts } from "./update-cohorts.ts";
