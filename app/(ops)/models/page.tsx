import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { ModelsPage } from "./models.tsx";

export const metadata: Metadata = { title: "Models" };

export default async function Page(): Promise<ReactNode> {
  await Promise.all([
    prefetch(trpc.model.list.queryOptions()),
    prefetch(trpc.training.current.queryOptions()),
    prefetch(trpc.training.list.queryOptions({ limit: 20 })),
  ]);
  return (
    <HydrateClient>
      <ModelsPage />
    </HydrateClient>
  );
}
