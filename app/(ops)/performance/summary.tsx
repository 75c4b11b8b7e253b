import type { ReactNode } from "react";
import { count, percent, score } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import type { Performance } from "./types.ts";

/** The window's measures that need no threshold, and the policy's own alerts. */
export function Summary({ view }: { view: Performance }): ReactNode {
  const { ranking, counts, served } = view;
  const known = counts.fraud + counts.legitimate;
  const prevalence = known === 0 ? null : counts.fraud / known;
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat
          label="Average precision"
          value={score(ranking.averagePrecision)}
          note={`a random ranking has ${score(prevalence, 4)}`}
          definition="The mean precision over all frauds, from the highest score down (as scikit-learn's average_precision_score)."
        />
        <Stat
          label="ROC AUC"
          value={score(ranking.rocAuc, 4)}
          note="a random ranking has 0.5"
          definition="The chance that a fraud scores above a legitimate payment; ties count half."
        />
        <Stat
          label="Recall at 0.1 % FPR"
          value={percent(ranking.recallAtFpr001)}
          note="1 good payment in 1,000 stopped"
          definition="Share of frauds caught when 0.1 % of legitimate payments are alerted."
        />
        <Stat
          label="Recall at 1 % FPR"
          value={percent(ranking.recallAtFpr01)}
          note="1 good payment in 100 stopped"
          definition="Share of frauds caught when 1 % of legitimate payments are alerted."
        />
        <Stat
          label="Policy's precision"
          value={percent(served.precision)}
          note={interval(served.precisionInterval)}
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

function interval(ends: { lower: number; upper: number } | null): string {
  return ends === null
    ? "no alerts"
    : `${(ends.lower * 100).toFixed(1)} to ${(ends.upper * 100).toFixed(1)} %`;
}
