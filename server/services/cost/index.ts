export { readCosts } from "./read-costs.ts";
