"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Policy } from "#server/domain/policy.ts";
import { Facts } from "../transactions/facts.tsx";
import { PolicyVersions } from "./policy-versions.tsx";
import { segmentWords } from "./policy-words.ts";
import { settingsParams } from "./search-params.ts";
import type { PolicyVersion } from "./types.ts";

// What is opened comes when it is: the page shows what decides now.
const PolicyEditor = dynamic(() => import("./policy-editor.tsx").then((m) => m.PolicyEditor), {
  loading: () => <SkeletonRows rows={8} />,
});
const PolicyRollBack = dynamic(() => import("./policy-roll-back.tsx").then((m) => m.PolicyRollBack));

/** The policy in force, its versions, and the draft or the return that is open, as the URL says. */
export function ActivePolicy(): ReactNode {
  const trpc = useTRPC();
  const canWrite = useCan("policy:write");
  const [{ policy, back }, setParams] = useQueryStates(
    { policy: settingsParams.policy, back: settingsParams.back },
    { history: "push" },
  );
  const { data: versions, error, refetch } = useQuery(trpc.policy.list.queryOptions());
  const active = versions?.find(({ status }) => status === "active");
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (versions === undefined || active === undefined) return <InForce active={null} actions={null} />;
  const open =
    policy === "new" ? active : versions.find(({ id, status }) => id === policy && status === "draft");
  const to = versions.find(({ id, status }) => id === back && status === "retired");
  const close = (): void => void setParams({ policy: null, back: null });
  return (
    <div className="space-y-4">
      <InForce
        active={active}
        actions={
          <Button
            size="small"
            disabled={!canWrite}
            title={canWrite ? undefined : "Changing the policy needs the role lead, model owner or admin"}
            onClick={() => void setParams({ policy: "new" })}
          >
            Draft a change
          </Button>
        }
      />
      <PolicyVersions
        versions={versions}
        canWrite={canWrite}
        onOpen={(id) => void setParams({ policy: id })}
        onReturn={(id) => void setParams({ back: id })}
      />
      <Dialog
        open={open !== undefined}
        onOpenChange={(isOpen) => isOpen || close()}
        title={
          policy === "new" ? `A new draft, from version ${active.number}` : `Draft ${open?.number ?? ""}`
        }
        place="side"
        wide
      >
        {open !== undefined && (
          <PolicyEditor
            key={open.id}
            from={open}
            active={active}
            onOpen={(id) => void setParams({ policy: id }, { history: "replace" })}
            onDone={close}
          />
        )}
      </Dialog>
      {to !== undefined && <PolicyRollBack to={to} active={active} onDone={close} />}
    </div>
  );
}

/** Costs, thresholds, capacity and exploration as they decide now; null while they load. */
function InForce({ active, actions }: { active: PolicyVersion | null; actions: ReactNode }): ReactNode {
  return (
    <Card
      title={active === null ? "Policy" : `Policy in force: ${active.policy.name}, version ${active.number}`}
      actions={
        <span className="flex items-center gap-3">
          {active?.activatedAt && (
            <span className="text-xs text-muted max-sm:hidden">
              since <RelativeTime time={active.activatedAt} />
            </span>
          )}
          {actions}
        </span>
      }
    >
      {active === null ? <SkeletonRows rows={5} /> : <Facts facts={factsOf(active.policy)} />}
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
    [
      "Figures of their own",
      policy.segments.length === 0 ? "no currency or channel" : policy.segments.map(segmentWords).join("; "),
    ],
    [
      "Review capacity",
      `${count(policy.reviewCapacityPerDay)} a day, ${count(policy.analysts)} ${policy.analysts === 1 ? "analyst" : "analysts"}`,
    ],
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
