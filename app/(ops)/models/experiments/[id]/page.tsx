import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { ExperimentPage } from "./experiment.tsx";

export const metadata: Metadata = { title: "Experiment" };

type PageProps = { params: Promise<{ id: string }> };

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { id } = await params;
  await prefetch(trpc.experiment.byId.queryOptions({ id }));
  return (
    <HydrateClient>
      <ExperimentPage id={id} />
    </HydrateClient>
  );
}
