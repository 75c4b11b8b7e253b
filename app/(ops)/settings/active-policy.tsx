"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Policy } from "#server/domain/policy.ts";
import { Facts } from "../transactions/facts.tsx";

/** Costs, thresholds, capacity and exploration as they decide now. */
export function ActivePolicy(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.policy.active.queryOptions());
  return (
    <Card
      title={data === undefined ? "Policy" : `Policy in force: ${data.policy.name}, version ${data.number}`}
      actions={
        data?.activatedAt && (
          <span className="text-xs text-muted">
            since <RelativeTime time={data.activatedAt} />
          </span>
        )
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={5} />}
      {data !== undefined && <Facts facts={factsOf(data.policy)} />}
    </Card>
  );
}

/** Fees are stored in hundredths of whatever currency the payment has. */
const fee = (minor: number): string => (minor / 100).toFixed(2);

function factsOf({ cost, exploration, ...policy }: Policy): [string, ReactNode][] {
  return [
    ["Decides by", policy.mode === "cost" ? "least expected cost" : "fixed thresholds"],
    [
      "Thresholds",
      `review from ${percent(policy.reviewThreshold)}, decline from ${percent(policy.declineThreshold)}`,
    ],
    ["Loss rate", `${percent(cost.lossRate)} of the amount`],
    ["Chargeback fee", fee(cost.chargebackFeeMinor)],
    ["Margin rate", `${percent(cost.marginRate)} of the amount`],
    ["Friction of a decline", fee(cost.frictionCostMinor)],
    ["Cost of a review", fee(cost.reviewCostMinor)],
    ["Cost of a delay", fee(cost.delayCostMinor)],
    ["Fraud missed in review", percent(cost.missRate)],
    ["Review capacity", `${count(policy.reviewCapacityPerDay)} a day`],
    [
      "Reviewed at random",
      `${percent(exploration.approveShare)} of approvals, ${percent(exploration.declineShare)} of declines`,
    ],
    [
      "Reviewed to learn",
      exploration.activeShare === 0
        ? "none beside those at random"
        : `${percent(exploration.activeShare)} of approvals at the edge of review, fewer below it`,
    ],
    ["Reviewed without the score", `all of these, and ${percent(exploration.maskedShare)} of other reviews`],
    ["Labels mature after", `${count(policy.maturityDays)} days`],
  ];
}
