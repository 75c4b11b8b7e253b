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
  // Counts and names follow in the stream: the rows need not wait for them.
  void prefetch(trpc.case.counts.queryOptions(filterOf(params)));
  void prefetch(trpc.case.people.queryOptions());
  await Promise.all([
    prefetchPages(
      trpc.case.list.infiniteQueryOptions(listInput(params), { getNextPageParam: (page) => page.nextCursor }),
    ),
    prefetch(trpc.queue.list.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <Queue />
    </HydrateClient>
  );
}
