"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Experiment } from "../../types.ts";
import { familyWords, imbalanceWords } from "../../words.ts";
import { parametersText, standingOf } from "../words.ts";
import { RunLog } from "./run-log.tsx";
import { TrialCurves } from "./trial-curves.tsx";
import { TrialImportance } from "./trial-importance.tsx";
import { TrialRungs } from "./trial-rungs.tsx";

type TrialDrawerProps = { experiment: Experiment; number: number | null; onClose: () => void };

/** All that was kept of one trial, beside the page. */
export function TrialDrawer({ experiment, number, onClose }: TrialDrawerProps): ReactNode {
  const trial = experiment.trials.find((each) => each.number === number);
  return (
    <Dialog
      open={number !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      place="side"
      wide
      title={
        trial === undefined ? `Trial ${number ?? ""}` : `Trial ${trial.number}: ${familyWords(trial.family)}`
      }
      {...(trial === undefined
        ? {}
        : {
            description: `${standingOf(trial).label}: ${trial.error ?? standingOf(trial).what}`,
          })}
    >
      {number !== null && <Detail experiment={experiment} number={number} />}
    </Dialog>
  );
}

function Detail({ experiment, number }: { experiment: Experiment; number: number }): ReactNode {
  const trpc = useTRPC();
  const { id } = experiment;
  const query = useQuery(trpc.experiment.trial.queryOptions({ id, number }, { retry: false }));
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.isError) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  const trial = query.data;
  const options = parametersText(trial);
  return (
    <div className="space-y-4">
      <p>
        Rare frauds: {imbalanceWords(trial.imbalance)}.{" "}
        {options === "" ? "Nothing to draw of its options." : `Options: ${options}.`}
      </p>
      <TrialRungs trial={trial} />
      <TrialCurves trial={trial} />
      <TrialImportance trial={trial} />
      {trial.artifactHash !== null && (
        <p className="text-xs break-all text-muted">
          Artefact {trial.artifactHash}; its manifest names the rows, their split and the options that repeat
          it.
        </p>
      )}
      <RunLog id={id} trial={number} isLive={trial.state === "running"} />
    </div>
  );
}
