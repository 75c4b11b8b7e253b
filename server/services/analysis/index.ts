export { createBlockBuilder } from "./create-block-builder.ts";
export { type AnalysisRows, readRows } from "./read-rows.ts";
