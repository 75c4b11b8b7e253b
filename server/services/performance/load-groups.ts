import type { Database } from "#server/db/client.ts";
import { type Outcome, outcomes } from "#server/domain/outcome.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { type AnalysisRows, readRows } from "#server/services/analysis/index.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ResolvedWindow } from "./resolve-window.ts";
import { type RowClass, rowClasses } from "./row-class.ts";
import type { Tally } from "./tally.ts";

/**
 * Rows of one currency, class and outcome as served whose score is at or above `cut` and under the next one; those exactly on the cut
 * come apart (`onCut`), so that no measure of ranking is rounded.
 */
export type ScoreGroup = Tally & {
  readonly class: RowClass;
  readonly outcome: Outcome;
  readonly currency: string;
  readonly cut: number;
  readonly onCut: boolean;
};

/**
 * The window's rows counted between cuts: every distinct score of a fraud, and `grid`. Legitimate rows between two
 * neighbouring fraud scores are interchangeable for every ranking measure and for the optimum of cost, so the counts
 * lose nothing, and their number grows with the frauds, not with the traffic. O(rows log cuts).
 */
export async function loadGroups(
  db: Database,
  window: ResolvedWindow,
  grid: readonly number[],
): Promise<ScoreGroup[]> {
  const rows = await readRows(db, window);
  const currencies = await readCodes(db, "currency");
  return groupsOf(rows, classifyRows(rows, window), { grid, currencies });
}

type Grouping = { readonly grid: readonly number[]; readonly currencies: ReadonlyMap<number, string> };

function groupsOf(
  { rows, columns }: AnalysisRows,
  classOf: Uint8Array,
  { grid, currencies }: Grouping,
): ScoreGroup[] {
  const cuts = cutsOf(columns.score, classOf, grid);
  const tallies = new Map<number, { rows: number; amountMinor: number }>();
  const places = (cuts.length + 1) * 2;
  for (let i = 0; i < rows; i++) {
    const score = columns.score[i] as number;
    const slot = slotOf(cuts, score);
    const onCut = slot > 0 && cuts[slot - 1] === score ? 1 : 0;
    const kind =
      (columns.currency[i] as number) * 15 + (columns.outcome[i] as number) * 5 + (classOf[i] as number);
    const key = kind * places + slot * 2 + onCut;
    const tally = tallies.get(key);
    const amount = columns.amountMinor[i] as number;
    if (tally === undefined) tallies.set(key, { rows: 1, amountMinor: amount });
    else {
      tally.rows++;
      tally.amountMinor += amount;
    }
  }
  return [...tallies].map(([key, tally]) => {
    const kind = Math.floor(key / places);
    const slot = (key % places) >> 1;
    return {
      ...tally,
      class: rowClasses[kind % 5] ?? "unscored",
      outcome: outcomes[Math.floor(kind / 5) % 3] ?? "review",
      currency: currencies.get(Math.floor(kind / 15)) ?? "",
      cut: cuts[slot - 1] ?? Number.NEGATIVE_INFINITY,
      onCut: key % 2 === 1,
    };
  });
}

/** Ascending and distinct. */
function cutsOf(scores: Float64Array, classOf: Uint8Array, grid: readonly number[]): Float64Array {
  const cuts = new Set(grid);
  for (let i = 0; i < scores.length; i++) {
    if (classOf[i] === rowClass.fraud) cuts.add(scores[i] as number);
  }
  return Float64Array.from(cuts).sort();
}

/** How many cuts are at or below a score; none when there is no score. */
function slotOf(cuts: Float64Array, score: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}
