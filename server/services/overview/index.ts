export { type Overview, readOverview } from "./read-overview.ts";
