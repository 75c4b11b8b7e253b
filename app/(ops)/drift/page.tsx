import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { DriftPage } from "./drift.tsx";
import { loadDriftParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Drift" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { weeks, week } = await loadDriftParams(searchParams);
  await prefetch(trpc.drift.read.queryOptions({ weeks, week }));
  return (
    <HydrateClient>
      <DriftPage />
    </HydrateClient>
  );
}
