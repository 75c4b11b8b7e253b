"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { Policy } from "#server/domain/policy.ts";
import { BeforeAfter } from "../approvals/before-after.tsx";
import { changedPolicy } from "../approvals/policy-changes.ts";
import { differenceReading, estimateText, loadReading, unknownReading } from "../costs/simulation-reading.ts";
import { SimulationTable } from "../costs/simulation-table.tsx";
import type { Simulation } from "../costs/types.ts";
import type { PolicyVersion } from "./types.ts";

type PolicyComparisonProps = {
  policy: Policy;
  active: PolicyVersion;
  /** true once the form says something else than what is compared */
  isChanged: boolean;
  isPending: boolean;
  onActivate: () => void;
};

/** What a draft changes, and what it would have done with the last matured payments beside the policy in force. */
export function PolicyComparison(props: PolicyComparisonProps): ReactNode {
  const { policy, active, isChanged, isPending, onActivate } = props;
  const canWrite = useCan("policy:write");
  const changes = changedPolicy(active.policy, policy);
  return (
    <section aria-label="Comparison" className="space-y-4 border-t border-line pt-4">
      {changes.length === 0 ? (
        <p className="text-muted">This changes nothing of version {active.number}, which is in force.</p>
      ) : (
        <BeforeAfter rows={changes} answered={false} />
      )}
      <Simulated policy={policy} />
      <div className="flex flex-wrap items-center justify-end gap-3">
        {isChanged && <p className="text-xs text-muted">The form has changed since: compare again first.</p>}
        <Button
          look="primary"
          disabled={!canWrite || isPending || isChanged || changes.length === 0}
          onClick={onActivate}
        >
          Put in force, or ask a second person
        </Button>
      </div>
    </section>
  );
}

function Simulated({ policy }: { policy: Policy }): ReactNode {
  const trpc = useTRPC();
  const [currency, setCurrency] = useState<string | null>(null);
  const query = useQuery(
    trpc.policy.simulate.queryOptions({ window: {}, currency, policy }, { staleTime: 60_000 }),
  );
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.isError) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  if (query.data.status === "nothing_scored") {
    return <EmptyState title="No payment has been scored yet, so there is nothing to compare on" />;
  }
  const view = query.data;
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <h3 className="text-sm font-semibold">{differenceReading(view)}</h3>
        {view.currencies.length > 1 && (
          <Select
            label="Currency"
            isLabelHidden
            className="w-20"
            options={view.currencies.map((code) => ({ value: code, label: code }))}
            value={view.currency}
            onValueChange={setCurrency}
          />
        )}
      </div>
      <Notes view={view} />
      <SimulationTable view={view} />
      <p className="text-xs text-muted">
        On the last 30 matured days. Try others on{" "}
        <Link href="/costs?tab=simulator" className="underline">
          Costs
        </Link>
        .
      </p>
    </div>
  );
}

function Notes({ view }: { view: Simulation }): ReactNode {
  const unknown = unknownReading(view);
  return (
    <div className="space-y-1 text-xs text-muted">
      <p>
        Difference to the policy in force: {estimateText(view.difference, view.currency)}
        {view.difference.interval !== null && ", 95 % by resampling customers, both on the same ones"}.
      </p>
      <p>{loadReading(view)}</p>
      {unknown !== null && <p>{unknown}</p>}
    </div>
  );
}
