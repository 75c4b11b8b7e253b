import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { ModelsPage } from "./models.tsx";
import { loadModelsParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Models" };

type PageProps = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: PageProps): Promise<ReactNode> {
  const { version, tab } = await loadModelsParams(searchParams);
  if (version !== null) redirect(`/models/${version}`);
  await Promise.all([
    prefetch(trpc.model.list.queryOptions()),
    prefetch(trpc.training.current.queryOptions()),
    tab === "versions"
      ? prefetch(trpc.training.list.queryOptions({ limit: 20 }))
      : prefetch(trpc.training.triggers.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <ModelsPage />
    </HydrateClient>
  );
}
