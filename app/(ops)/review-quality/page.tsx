import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { refusedUnless } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { ReviewQualityPage } from "./review-quality.tsx";
import { loadQualityParams, qualityInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Review quality" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const refused = await refusedUnless("review:own_quality", "Review quality");
  if (refused !== null) return refused;
  const input = qualityInput(await loadQualityParams(searchParams));
  await prefetch(trpc.reviewQuality.read.queryOptions(input));
  return (
    <HydrateClient>
      <ReviewQualityPage />
    </HydrateClient>
  );
}
