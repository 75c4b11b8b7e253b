import type { RankedCounts } from "#ml/evaluation/ranked-counts.ts";
import type { ScoreGroup } from "./load-groups.ts";
import { nothing, sumTallies, type Tally } from "./tally.ts";

/** Known rows at or above a score, highest first. `threshold` is null between two cuts, where no score is exact. */
export type Rung = {
  readonly threshold: number | null;
  readonly fraud: Tally;
  readonly legitimate: Tally;
};

/**
 * Adds groups up from the highest score down: for each cut a rung for what lies above it (up to the next cut), then
 * one for what lies on it. Of one currency, or of all (money then mixes currencies and must not be shown). O(n log n).
 */
export function ladderOf(groups: readonly ScoreGroup[], currency: string | null): Rung[] {
  const known = groups.filter(
    (group) =>
      (group.class === "fraud" || group.class === "legitimate") &&
      (currency === null || group.currency === currency),
  );
  const byCut = [...Map.groupBy(known, (group) => group.cut)].sort(([a], [b]) => b - a);
  const rungs: Rung[] = [];
  let [fraud, legitimate] = [nothing, nothing];
  for (const [cut, members] of byCut) {
    for (const onCut of [false, true]) {
      const here = members.filter((member) => member.onCut === onCut);
      if (here.length === 0 && !onCut) continue;
      fraud = plus(fraud, here, "fraud");
      legitimate = plus(legitimate, here, "legitimate");
      if (here.length > 0 || Number.isFinite(cut))
        rungs.push({ threshold: onCut ? cut : null, fraud, legitimate });
    }
  }
  return rungs;
}

function plus(before: Tally, groups: readonly ScoreGroup[], kind: "fraud" | "legitimate"): Tally {
  return sumTallies([before, ...groups.filter((group) => group.class === kind)]);
}

/** The ladder as the counts that ranking measures read. */
export function rankedCountsOf(rungs: readonly Rung[]): RankedCounts {
  const last = rungs.at(-1);
  return {
    thresholds: Float64Array.from(rungs, (rung) => rung.threshold ?? Number.NaN),
    tp: Float64Array.from(rungs, (rung) => rung.fraud.rows),
    fp: Float64Array.from(rungs, (rung) => rung.legitimate.rows),
    positives: last?.fraud.rows ?? 0,
    negatives: last?.legitimate.rows ?? 0,
  };
}

/** The rung at or right above a threshold, for thresholds asked in falling order; null above the highest. */
export function rungAt(rungs: readonly Rung[]): (threshold: number) => Rung | null {
  const exact = rungs.filter((rung) => rung.threshold !== null);
  let next = 0;
  return (threshold) => {
    while (next < exact.length && (exact[next]?.threshold ?? 0) >= threshold) next++;
    return exact[next - 1] ?? null;
  };
}
