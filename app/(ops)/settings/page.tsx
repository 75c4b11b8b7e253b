import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { currentActor } from "#server/auth/session.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { ActivePolicy } from "./active-policy.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { Users } from "./users.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage(): Promise<ReactNode> {
  const actor = await currentActor();
  const managesKeys = actor !== null && hasPermission(actor, "key:manage");
  const managesUsers = actor !== null && hasPermission(actor, "user:manage");
  await Promise.all([
    prefetch(trpc.policy.active.queryOptions()),
    managesKeys && prefetch(trpc.apiKey.list.queryOptions()),
    managesUsers && prefetch(trpc.user.list.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <PageHeader
        title="Settings"
        reading="The policy in force, and who and what may use this installation."
      />
      <PageBody>
        <ActivePolicy />
        {managesKeys && <ApiKeys />}
        {managesUsers && <Users />}
      </PageBody>
    </HydrateClient>
  );
}
