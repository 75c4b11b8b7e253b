import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { VersionPage } from "./version.tsx";

type PageProps = { params: Promise<{ version: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Model version ${(await params).version}` };
}

export default async function Page({ params }: PageProps): Promise<ReactNode> {
  const { version } = await params;
  if (!/^[1-9]\d{0,8}$/.test(version)) notFound();
  const number = Number(version);
  await Promise.all([
    prefetch(trpc.model.byNumber.queryOptions({ number })),
    prefetch(trpc.model.list.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <VersionPage number={number} />
    </HydrateClient>
  );
}
