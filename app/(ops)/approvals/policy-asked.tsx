"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { z } from "zod";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Policy } from "#server/domain/policy.ts";
import { BeforeAfter } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";
import { changedPolicy } from "./policy-changes.ts";

const Payload = z.looseObject({ policy: Policy, reason: z.string().optional() });

/** A policy beside the one in force. */
export function PolicyAsked({ approval }: AskedProps): ReactNode {
  const trpc = useTRPC();
  const { policy: asked, reason } = Payload.safeParse(approval.payload).data ?? {};
  const { data, error, refetch } = useQuery(trpc.policy.active.queryOptions());
  if (asked === undefined) return <Unreadable />;
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const isPending = approval.status === "pending";
  const rows = changedPolicy(isPending ? data.policy : null, asked);
  if (rows.length === 0) return <p className="text-muted">It changes nothing of the policy in force.</p>;
  return (
    <div className="space-y-2">
      {reason !== undefined && <p>“{reason}”</p>}
      <BeforeAfter rows={rows} answered={!isPending} />
    </div>
  );
}
