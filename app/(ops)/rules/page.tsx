import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { Rules } from "./rules.tsx";
import { entriesInput, loadRuleParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Rules" };

type RulesPageProps = { searchParams: Promise<SearchParams> };

export default async function RulesPage({ searchParams }: RulesPageProps): Promise<ReactNode> {
  const params = await loadRuleParams(searchParams);
  const { tab } = params;
  await Promise.all([
    prefetch(trpc.rule.inForce.queryOptions()),
    prefetch(trpc.rule.hits.queryOptions()),
    tab !== "rules" &&
      prefetchPages(
        trpc.list.entries.infiniteQueryOptions(entriesInput(tab, params), {
          getNextPageParam: (page) => page.nextCursor,
        }),
      ),
  ]);
  return (
    <HydrateClient>
      <Rules />
    </HydrateClient>
  );
}
