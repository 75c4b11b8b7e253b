import type { LabelBasis } from "#server/domain/analysis-window.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { FRAUD, LEGITIMATE, LIVE } from "./block-columns.ts";
import type { AnalysisRows } from "./read-rows.ts";

/** What a row counts as; the known ones are those of the column `label`. */
export const rowClass = {
  waiting: 0,
  fraud: FRAUD,
  legitimate: LEGITIMATE,
  declined: 3,
  unscored: 4,
} as const;

export type KnownBy = { readonly matureBefore: Date; readonly basis: LabelBasis };

const DECLINE = outcomes.indexOf("decline");

/**
 * The class of each row. A payment too young for every dispute waits, even if a label came early when the basis is
 * mature labels; a mature one without a label is legitimate, unless it was declined live: then nobody knows. O(rows).
 */
export function classifyRows(
  { rows, columns, dayMs }: AnalysisRows,
  { matureBefore, basis }: KnownBy,
): Uint8Array {
  const { score, label, outcome, flags, atMs } = columns;
  const mature = matureBefore.getTime();
  const classes = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const said = label[i] as number;
    const young = (dayMs[i] as number) + (atMs[i] as number) > mature;
    if (Number.isNaN(score[i])) classes[i] = rowClass.unscored;
    else if (young && (basis === "mature" || said === 0)) classes[i] = rowClass.waiting;
    else if (said !== 0) classes[i] = said;
    else if (outcome[i] === DECLINE && ((flags[i] as number) & LIVE) !== 0) classes[i] = rowClass.declined;
    else classes[i] = rowClass.legitimate;
  }
  return classes;
}
