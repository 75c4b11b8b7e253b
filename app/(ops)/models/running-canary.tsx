"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { shareOfCustomers } from "#server/domain/canary-share.ts";

const REFRESH_MS = 30_000;

/** That another version than the champion decides for some customers. Hidden while none does. */
export function RunningCanary(): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.canary.running.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (data == null) return null;
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          Version {data.number} decides for {shareOfCustomers(data.share)}, since{" "}
          <RelativeTime time={data.startedAt} />; the champion decides for the others.
        </p>
        <Link href={`/models/${data.number}`} className={buttonLook("secondary", "small")}>
          Look at the canary
        </Link>
      </div>
    </Card>
  );
}
