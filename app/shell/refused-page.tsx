import type { ReactNode } from "react";
import { EmptyState } from "#app/ui/states.tsx";
import { type Permission, permissionsOfRole, roles } from "#server/domain/permission.ts";
import { PageBody, PageHeader } from "./page-header.tsx";

/** Instead of a page, for people whose role does not have its permission. */
export function RefusedPage({ title, permission }: { title: string; permission: Permission }): ReactNode {
  const holders = roles.filter((role) => permissionsOfRole[role].has(permission));
  return (
    <>
      <PageHeader title={title} reading="Your role does not include this page" />
      <PageBody>
        <EmptyState title="This page is not for your role" icon="warning">
          It is for the roles {holders.map((role) => role.replace("_", " ")).join(", ")}. An admin can change
          your role in the settings.
        </EmptyState>
      </PageBody>
    </>
  );
}
