import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { CostsPage } from "./costs.tsx";
import { costsInput, loadCostsParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Costs" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const params = await loadCostsParams(searchParams);
  await prefetch(trpc.cost.read.queryOptions(costsInput(params)));
  return (
    <HydrateClient>
      <CostsPage />
    </HydrateClient>
  );
}
