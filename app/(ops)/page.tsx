import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { AT_STAKE } from "./_overview/at-stake-count.ts";
import { OverviewClient } from "./_overview/overview-client.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage(): Promise<ReactNode> {
  await Promise.all([
    prefetch(trpc.overview.now.queryOptions()),
    prefetch(trpc.case.list.queryOptions({ limit: AT_STAKE })),
  ]);
  return (
    <HydrateClient>
      <OverviewClient />
    </HydrateClient>
  );
}
