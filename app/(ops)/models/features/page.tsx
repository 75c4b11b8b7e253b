import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { FeaturesPage } from "./features.tsx";
import { loadFeaturesParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Features" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { set } = await loadFeaturesParams(searchParams);
  await prefetch(trpc.model.featureSet.queryOptions({ version: set }));
  return (
    <HydrateClient>
      <FeaturesPage />
    </HydrateClient>
  );
}
