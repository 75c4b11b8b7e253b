import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { Queue } from "./queue.tsx";
import { filterOf, listInput, loadQueueParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Queue" };

type QueuePageProps = { searchParams: Promise<SearchParams> };

export default async function QueuePage({ searchParams }: QueuePageProps): Promise<ReactNode> {
  const params = await loadQueueParams(searchParams);
  await Promise.all([
    prefetchPages(
      trpc.case.list.infiniteQueryOptions(listInput(params), { getNextPageParam: (page) => page.nextCursor }),
    ),
    prefetch(trpc.case.counts.queryOptions(filterOf(params))),
    prefetch(trpc.queue.list.queryOptions()),
    prefetch(trpc.case.people.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <Queue />
    </HydrateClient>
  );
}
