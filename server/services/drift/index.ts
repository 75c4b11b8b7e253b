export { ReadDriftInput, readDrift } from "./read-drift.ts";
