import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { Alerts } from "./alerts.tsx";
import { listInput, loadAlertParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Alerts" };

type AlertsPageProps = { searchParams: Promise<SearchParams> };

export default async function AlertsPage({ searchParams }: AlertsPageProps): Promise<ReactNode> {
  const { tab } = await loadAlertParams(searchParams);
  if (tab === "rules") await prefetch(trpc.alert.rules.queryOptions());
  else {
    await prefetchPages(
      trpc.alert.list.infiniteQueryOptions(listInput(tab), { getNextPageParam: (page) => page.nextCursor }),
    );
  }
  return (
    <HydrateClient>
      <Alerts />
    </HydrateClient>
  );
}
