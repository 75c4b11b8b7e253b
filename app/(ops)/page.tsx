import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { OverviewClient } from "./_overview/overview-client.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage(): Promise<ReactNode> {
  await prefetch(trpc.overview.now.queryOptions());
  return (
    <HydrateClient>
      <OverviewClient />
    </HydrateClient>
  );
}
