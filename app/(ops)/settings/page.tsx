import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { currentActor } from "#server/auth/session.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { loadSettingsParams, type SettingsTab, tabPermission } from "./search-params.ts";
import { Settings } from "./settings.tsx";

export const metadata: Metadata = { title: "Settings" };

type SettingsPageProps = { searchParams: Promise<SearchParams> };

export default async function SettingsPage({ searchParams }: SettingsPageProps): Promise<ReactNode> {
  const { tab } = await loadSettingsParams(searchParams);
  const actor = await currentActor();
  if (actor !== null && hasPermission(actor, tabPermission[tab])) {
    await prefetchOf[tab](hasPermission(actor, "user:manage"));
  }
  return (
    <HydrateClient>
      <Settings />
    </HydrateClient>
  );
}

const prefetchOf: Record<SettingsTab, (managesUsers: boolean) => Promise<unknown>> = {
  policy: () => prefetch(trpc.policy.active.queryOptions()),
  review: () => prefetch(trpc.reviewSettings.get.queryOptions()),
  queues: () =>
    Promise.all([prefetch(trpc.queue.list.queryOptions()), prefetch(trpc.user.workers.queryOptions())]),
  people: (managesUsers) =>
    Promise.all([
      prefetch(trpc.user.workers.queryOptions()),
      managesUsers && prefetch(trpc.user.list.queryOptions()),
    ]),
  keys: () => prefetch(trpc.apiKey.list.queryOptions()),
  webhooks: () => prefetch(trpc.webhook.list.queryOptions()),
};
