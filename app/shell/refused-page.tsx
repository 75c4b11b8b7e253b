import type { ReactNode } from "react";
import { EmptyState } from "#app/ui/states.tsx";
import { currentActor } from "#server/auth/session.ts";
import { hasPermission, type Permission, permissionsOfRole, roles } from "#server/domain/permission.ts";
import { PageBody, PageHeader } from "./page-header.tsx";

/** What a page shows instead of itself to people whose role does not have its permission; null for all others. */
export async function refusedUnless(permission: Permission, title: string): Promise<ReactNode> {
  const actor = await currentActor();
  if (actor !== null && hasPermission(actor, permission)) return null;
  const holders = roles.filter((role) => permissionsOfRole[role].has(permission));
  return (
    <>
      <PageHeader title={title} reading="Your role does not include this page" />
      <PageBody>
        <EmptyState title="This page is not for your role" icon="warning">
          It is for {holders.map((role) => role.replace("_", " ")).join(", ")}. An admin can change your role
          in the settings.
        </EmptyState>
      </PageBody>
    </>
  );
}
