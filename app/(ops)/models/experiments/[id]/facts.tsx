import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Stat } from "#app/ui/stat.tsx";
import type { Experiment } from "../../types.ts";
import { capitalised, familyWords } from "../../words.ts";
import { figureOf, metricWords, tookWords } from "../words.ts";

/** What was said before the run, and what came of it. */
export function ExperimentFacts({ experiment }: { experiment: Experiment }): ReactNode {
  const { settings, trials, modelVersion, families, seed, requestedBy, requestedAt } = experiment;
  const winner = trials.find(({ state }) => state === "won");
  const figure = winner === undefined ? null : figureOf(winner, settings.metric);
  const between =
    figure?.interval == null
      ? ""
      : `${figure.interval.lower.toFixed(3)} to ${figure.interval.upper.toFixed(3)}, 95 %`;
  return (
    <div className="grid grid-cols-2 gap-4 rounded-lg border border-line bg-surface p-4 lg:grid-cols-5">
      <Stat
        label="Compared by"
        value={capitalised(metricWords(settings.metric))}
        note="named before the run, on the validation days"
      />
      <Stat
        label="Configurations"
        value={`${settings.trials} in ${settings.budgetMinutes} min`}
        note={`${families.map(familyWords).join(", ")}; seed ${seed}`}
      />
      <Stat
        label="Winner"
        value={winner === undefined ? "–" : `Trial ${winner.number}`}
        note={winner === undefined ? "none yet" : familyWords(winner.family)}
      />
      <Stat label="Its figure" value={figure?.value?.toFixed(3) ?? "–"} note={between} />
      <Stat
        label="Result"
        value={
          modelVersion === null ? (
            "–"
          ) : (
            <Link className="text-accent hover:underline" href={`/models/${modelVersion.number}`}>
              Version {modelVersion.number}
            </Link>
          )
        }
        note={
          <>
            {requestedBy ?? "a command"}, <RelativeTime time={requestedAt} />, took {tookWords(experiment)}
          </>
        }
      />
    </div>
  );
}
