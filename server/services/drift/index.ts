export { readBrokenFeatures } from "./broken-features.ts";
export { ReadDriftInput, readDrift } from "./read-drift.ts";
export { ReadFeatureDriftInput, readFeatureDrift } from "./read-feature-drift.ts";
export { ReadServedInput, readServed } from "./read-served.ts";
export { readStandingAlerts } from "./standing-alerts.ts";
export { updateDrift } from "./update-drift.ts";
