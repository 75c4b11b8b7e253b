import type { CustomerRows } from "#ml/evaluation/curve-replicates.ts";
import { rowClass } from "#server/services/analysis/classify-rows.ts";
import type { AnalysisRows } from "#server/services/analysis/index.ts";

/** Known rows, with the card and the UTC day (in ms since 1970) of each. */
export type KnownRows = CustomerRows & { readonly cards: Uint32Array; readonly days: Float64Array };

/** The rows whose truth is known, in the window's order, as measures of ranking take them. O(rows). */
export function knownRows({ rows, columns, dayMs }: AnalysisRows, classes: Uint8Array): KnownRows {
  const kept = new Uint32Array(rows);
  let n = 0;
  for (let i = 0; i < rows; i++) {
    if (classes[i] === rowClass.fraud || classes[i] === rowClass.legitimate) kept[n++] = i;
  }
  const known = {
    scores: new Float64Array(n),
    labels: new Uint8Array(n),
    customers: new Uint32Array(n),
    cards: new Uint32Array(n),
    days: new Float64Array(n),
  };
  for (let at = 0; at < n; at++) {
    const row = kept[at] as number;
    known.scores[at] = columns.score[row] as number;
    known.labels[at] = classes[row] === rowClass.fraud ? 1 : 0;
    known.customers[at] = columns.customer[row] as number;
    known.cards[at] = columns.card[row] as number;
    known.days[at] = dayMs[row] as number;
  }
  return known;
}
