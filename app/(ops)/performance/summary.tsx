import type { ReactNode } from "react";
import { count, percent, score } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import type { Bands, Performance } from "./types.ts";

type SummaryProps = {
  view: Performance;
  /** null until the intervals came */
  ranking: Bands["ranking"] | null;
};

/** The window's measures that need no threshold, with their intervals, and the policy's own alerts. */
export function Summary({ view, ranking: intervals }: SummaryProps): ReactNode {
  const { ranking, counts, served } = view;
  const known = counts.fraud + counts.legitimate;
  const prevalence = known === 0 ? null : counts.fraud / known;
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat
          label="Average precision"
          value={score(ranking.averagePrecision)}
          note={`${ends(intervals?.averagePrecision, 3)}random: ${score(prevalence, 4)}`}
          definition="The mean precision over all frauds, from the highest score down (as scikit-learn's average_precision_score)."
        />
        <Stat
          label="ROC AUC"
          value={score(ranking.rocAuc, 4)}
          note={`${ends(intervals?.rocAuc, 4)}random: 0.5`}
          definition="The chance that a fraud scores above a legitimate payment; ties count half."
        />
        <Stat
          label="Recall at 0.1 % FPR"
          value={percent(ranking.recallAtFpr001)}
          note={interval(intervals?.recallAtFpr001 ?? null, "1 good payment in 1,000 alerted")}
          definition="The most frauds that a threshold catches while it alerts at most 0.1 % of legitimate payments. Interval: 95 %, by drawing customers anew."
        />
        <Stat
          label="Recall at 1 % FPR"
          value={percent(ranking.recallAtFpr01)}
          note={interval(intervals?.recallAtFpr01 ?? null, "1 good payment in 100 alerted")}
          definition="The most frauds that a threshold catches while it alerts at most 1 % of legitimate payments. Interval: 95 %, by drawing customers anew."
        />
        <Stat
          label="Policy's precision"
          value={percent(served.precision)}
          note={interval(served.precisionInterval, "no alerts")}
          definition="Share of frauds among the payments that the policy did not approve. Wilson interval, 95 %."
        />
        <Stat
          label="Known payments"
          value={count(known)}
          note={`${count(counts.fraud)} frauds, ${percent(prevalence, 2)}`}
          definition="Payments with a score whose truth is known: labelled, or old enough that a dispute would have come."
        />
      </div>
    </Card>
  );
}

type Ends = { readonly lower: number; readonly upper: number };

function interval(ends: Ends | null, otherwise: string): string {
  return ends === null ? otherwise : `${(ends.lower * 100).toFixed(1)} to ${(ends.upper * 100).toFixed(1)} %`;
}

function ends(of: Ends | null | undefined, decimals: number): string {
  return of == null ? "" : `${of.lower.toFixed(decimals)} to ${of.upper.toFixed(decimals)}; `;
}
