"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { type ReactNode, useDeferredValue } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { AnalysisWindowInput } from "#server/domain/analysis-window.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { differenceReading, estimateText, loadReading, unknownReading } from "./simulation-reading.ts";
import { SimulationTable } from "./simulation-table.tsx";
import { SimulatorActions } from "./simulator-actions.tsx";
import { SimulatorControls } from "./simulator-controls.tsx";
import { isTried, nothingTried, triedParams, triedPolicy } from "./tried-policy.ts";
import type { Simulation } from "./types.ts";

type SimulatorProps = { window: AnalysisWindowInput; currency: string };

/** Tries another policy on the window's payments, beside the one in force. What is tried lives in the URL. */
export function Simulator({ window, currency }: SimulatorProps): ReactNode {
  const trpc = useTRPC();
  const [tried, setTried] = useQueryStates(triedParams, { history: "replace", throttleMs: 200 });
  const active = useQuery(trpc.policy.active.queryOptions());
  const settled = useDeferredValue(tried);
  const asked = active.data === undefined ? null : triedPolicy(active.data.policy, settled);
  const query = useQuery({
    ...trpc.policy.simulate.queryOptions(
      { window, currency, policy: asked ?? defaultPolicy },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
    enabled: asked !== null,
  });
  const error = active.error ?? query.error;
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void query.refetch()} />;
  const view = query.data?.status === "read" ? query.data : null;
  if (active.data === undefined || asked === null || view === null) {
    return (
      <Card title="Try another policy">
        <SkeletonRows rows={8} />
      </Card>
    );
  }
  return (
    <Card title={isTried(tried) ? differenceReading(view) : "Try another policy on these payments"}>
      <div className="space-y-4" aria-busy={query.isPlaceholderData}>
        <SimulatorControls
          policy={triedPolicy(active.data.policy, tried)}
          analysts={tried.analysts ?? active.data.policy.analysts}
          onChange={(change) => void setTried(change)}
        />
        <Notes view={view} />
        <SimulationTable view={view} />
        {isTried(tried) && (
          <SimulatorActions
            policy={asked}
            activeId={active.data.id}
            view={view}
            onReset={() => void setTried(nothingTried)}
          />
        )}
      </div>
    </Card>
  );
}

function Notes({ view }: { view: Simulation }): ReactNode {
  const unknown = unknownReading(view);
  const { difference, currency } = view;
  return (
    <div className="space-y-1 text-xs text-muted">
      {difference.rowsChanged > 0 && (
        <p>
          Difference to the policy in force: {estimateText(difference, currency)}
          {difference.interval !== null && ", 95 % by resampling customers, both policies on the same ones"}.
        </p>
      )}
      <p>{loadReading(view)}</p>
      {unknown !== null && <p>{unknown}</p>}
    </div>
  );
}
