import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { PerformancePage } from "./performance.tsx";
import { loadPerformanceParams, windowInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Performance" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const params = await loadPerformanceParams(searchParams);
  // Not awaited: a window of a million payments may take a moment, and the page's frame need not wait for it.
  void prefetch(trpc.performance.read.queryOptions(windowInput(params)));
  return (
    <HydrateClient>
      <PerformancePage />
    </HydrateClient>
  );
}
