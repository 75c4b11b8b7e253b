import { type BlockRow, emptyColumns, setRow } from "../block-columns.ts";
import type { AnalysisRows } from "../read-rows.ts";

const plain: BlockRow = {
  seqOffset: 0,
  atMs: 0,
  score: 0.5,
  challengerScore: Number.NaN,
  amountMinor: 10_000,
  propensity: 0,
  challenger: 0,
  customer: 1,
  card: 1,
  currency: 1,
  channel: 0,
  country: 0,
  category: 0,
  labelDelayS: 0,
  outcome: 0,
  exploration: 0,
  floor: 0,
  flags: 1,
  label: 0,
  source: 0,
};

/** Rows in memory; `dayMs` in ascending order. */
export function rowsOf(given: readonly (Partial<BlockRow> & { readonly dayMs?: number })[]): AnalysisRows {
  const columns = emptyColumns(given.length);
  for (const [at, { dayMs: _, ...row }] of given.entries()) setRow(columns, at, { ...plain, ...row });
  return {
    rows: given.length,
    columns,
    dayMs: Float64Array.from(given, ({ dayMs }) => dayMs ?? 0),
    key: "in memory",
  };
}
