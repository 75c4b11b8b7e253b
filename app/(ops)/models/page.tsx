import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { ModelsPage } from "./models.tsx";
import { loadModelsParams, type ModelsTab } from "./search-params.ts";

export const metadata: Metadata = { title: "Models" };

function prefetchTab(tab: ModelsTab): Promise<void> | void {
  switch (tab) {
    case "versions":
      return prefetch(trpc.training.list.queryOptions({ limit: 20 }));
    case "experiments":
      return prefetch(trpc.experiment.list.queryOptions({ limit: 50 }));
    case "retraining":
      return prefetch(trpc.training.triggers.queryOptions());
  }
}

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { version, tab } = await loadModelsParams(searchParams);
  if (version !== null) redirect(`/models/${version}`);
  await Promise.all([
    prefetch(trpc.model.list.queryOptions()),
    prefetch(trpc.training.current.queryOptions()),
    prefetchTab(tab),
  ]);
  return (
    <HydrateClient>
      <ModelsPage />
    </HydrateClient>
  );
}
