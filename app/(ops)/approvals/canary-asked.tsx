"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { z } from "zod";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { shareOfCustomers } from "#server/domain/canary-share.ts";
import { BeforeAfter } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";

const Payload = z.looseObject({
  versionId: z.string(),
  share: z.number(),
  expectedShare: z.number().nullable(),
  reason: z.string(),
});

/** A challenger that is to decide for a share of customers. */
export function CanaryAsked({ approval }: AskedProps): ReactNode {
  const trpc = useTRPC();
  const asked = Payload.safeParse(approval.payload).data;
  const { data, error, refetch } = useQuery(trpc.model.list.queryOptions());
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={2} />;
  const version = data.find(({ id }) => id === asked?.versionId);
  if (asked === undefined || version === undefined) return <Unreadable />;
  const before = asked.expectedShare === null ? "nobody" : shareOfCustomers(asked.expectedShare);
  const name = `Version ${version.number} decides for`;
  return (
    <div className="space-y-2">
      <BeforeAfter
        rows={[{ name, before, after: shareOfCustomers(asked.share) }]}
        answered={approval.status !== "pending"}
      />
      <p>“{asked.reason}”</p>
      <p className="text-muted">
        How far it agrees with the champion:{" "}
        <Link href={`/models/${version.number}`} className="text-accent hover:underline">
          version {version.number}
        </Link>
        .
      </p>
    </div>
  );
}
