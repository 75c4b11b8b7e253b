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
  // The frame and the skeleton of loading.tsx are on screen meanwhile.
  await prefetch(trpc.performance.read.queryOptions(windowInput(params)));
  return (
    <HydrateClient>
      <PerformancePage />
    </HydrateClient>
  );
}
