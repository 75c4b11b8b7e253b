"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { TestRow } from "./candidate-card.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { comparisonReading } from "./reading.ts";
import type { Model, ModelDetail, Report } from "./types.ts";
import { capitalised, familyWords, statusWords } from "./words.ts";

type VersionDetailProps = { model: Model; models: readonly Model[]; onClose: () => void };

/** One version: what it was chosen from, on which days, and what its features are. */
export function VersionDetail({ model, models, onClose }: VersionDetailProps): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.model.byId.queryOptions({ versionId: model.id }, { staleTime: 60_000 }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      place="side"
      wide
      title={`Version ${model.number}: ${familyWords(model.family)}, ${statusWords[model.status].label}`}
    >
      {query.isPending ? (
        <Skeleton className="h-96" />
      ) : query.isError ? (
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <Detail detail={query.data} model={model} models={models} />
      )}
    </Dialog>
  );
}

type DetailProps = { detail: ModelDetail; model: Model; models: readonly Model[] };

function Detail({ detail, model, models }: DetailProps): ReactNode {
  const { report } = detail;
  return (
    <div className="space-y-5">
      {model.status !== "champion" && (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line p-3">
          <p>{comparisonReading(model.number, report)}</p>
          <PromoteButton model={model} report={report} models={models} />
        </div>
      )}
      <section>
        <h3 className="mb-1">Families tried, on the test days</h3>
        <div className="overflow-x-auto">
          <table className="w-full">
            <thead>
              <tr className="border-b border-line text-left text-xs text-muted">
                {["Family", "Average precision", "ROC AUC", "Recall 0.1 %", "Recall 1 %", "Brier"].map(
                  (name) => (
                    <th key={name} scope="col" className="h-8 pr-4 font-medium whitespace-nowrap">
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {Object.values(report.families).map((family) => (
                <TestRow
                  key={family.family}
                  name={capitalised(familyWords(family.family))}
                  what={`${family.family === report.selected ? "chosen; " : ""}fitted in ${family.fitSeconds.toFixed(1)} s, ${family.calibrator} calibration`}
                  test={family.test}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <Windows report={report} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-muted">Feature set</dt>
        <dd>{model.featureSetVersion}</dd>
        <dt className="text-muted">Artefact (SHA-256)</dt>
        <dd className="break-all">{model.artifactHash}</dd>
        <dt className="text-muted">Seed</dt>
        <dd>{report.seed}</dd>
      </dl>
    </div>
  );
}

function Windows({ report }: { report: Report }): ReactNode {
  const slices = [
    { name: "Learned from", slice: report.split.train },
    { name: "Chosen and calibrated on", slice: report.split.validation },
    { name: "Tested on", slice: report.split.test },
  ];
  return (
    <section>
      <h3 className="mb-1">Days, split by time</h3>
      <dl className="grid grid-cols-[auto_1fr_auto] gap-x-4 gap-y-1">
        {slices.map(({ name, slice }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd>
              {day(new Date(slice.fromMs))} – {day(new Date(slice.toMs - 1))}
            </dd>
            <dd className="text-right">
              {count(slice.rows)} payments, {count(slice.frauds)} frauds
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
