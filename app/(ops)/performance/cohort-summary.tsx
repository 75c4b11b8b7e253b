import type { ReactNode } from "react";
import { count, percent, plural } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { share } from "./reading.ts";
import type { Cohorts } from "./types.ts";

type Measured = Cohorts["pooled"]["known"]["recall"];

/** All weeks that have matured, together: by everything known, by reviewed payments alone, and as it was foretold. */
export function CohortSummary({ view }: { view: Cohorts }): ReactNode {
  const { known, reviewed, estimated, weeks } = view.pooled;
  const mature = view.cohorts.reduce((sum, { rows, maturedShare }) => sum + rows * (maturedShare ?? 0), 0);
  const rows = view.cohorts.reduce((sum, cohort) => sum + cohort.rows, 0);
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-4">
        <Stat
          label={`Recall of ${plural(weeks, "mature week")}`}
          value={percent(known.recall.value)}
          note={noteOf(known.recall, "frauds")}
          definition="Of payments whose truth is known. Each weighs 1 / the chance that its truth would be known: 1 for approved and reviewed payments, the explored share for declined ones. Wilson's 95 % interval on Kish's effective sample size."
        />
        <Stat
          label={`Precision of ${plural(weeks, "mature week")}`}
          value={percent(known.precision.value)}
          note={noteOf(known.precision, "alerts")}
          definition="As recall, of the alerts: payments at or above the threshold."
        />
        <Stat
          label="From reviews alone"
          value={`${percent(reviewed.recall.value)} / ${percent(reviewed.precision.value)}`}
          note={
            reviewed.recall.hidden ??
            `recall / precision; worth ${count(reviewed.recall.effective)} frauds, ${count(reviewed.precision.effective)} alerts`
          }
          definition="The same from verdicts on reviewed payments only, each weighing 1 / the propensity of its review. It needs no dispute to come, and many explored payments to say anything of recall."
        />
        <Stat
          label="Matured"
          value={percent(rows === 0 ? null : mature / rows)}
          note={`${view.maturityDays} days old; expected of the mature weeks: recall ${share(estimated.recall.value, null)}, precision ${share(estimated.precision.value, null)}`}
          definition="Share of the scored payments of these weeks that are old enough for every dispute to have come."
        />
      </div>
    </Card>
  );
}

function noteOf({ interval, effective, hidden }: Measured, what: string): string {
  if (interval === null) return hidden ?? "";
  const [low, high] = [(interval.lower * 100).toFixed(1), (interval.upper * 100).toFixed(1)];
  return `${low} to ${high} %, worth ${count(effective)} ${what}`;
}
