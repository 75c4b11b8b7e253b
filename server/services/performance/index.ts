export { readOverTime } from "./read-over-time.ts";
export { readPerformance } from "./read-performance.ts";
