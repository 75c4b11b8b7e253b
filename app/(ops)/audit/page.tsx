import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { RefusedPage } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { currentActor } from "#server/auth/session.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { AuditLog } from "./audit-log.tsx";
import { auditInput, loadAuditParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Audit" };

type AuditPageProps = { searchParams: Promise<SearchParams> };

export default async function AuditPage({ searchParams }: AuditPageProps): Promise<ReactNode> {
  const actor = await currentActor();
  if (actor === null || !hasPermission(actor, "audit:read")) {
    return <RefusedPage title="Audit" permission="audit:read" />;
  }
  const params = await loadAuditParams(searchParams);
  await prefetchPages(
    trpc.audit.list.infiniteQueryOptions(auditInput(params), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <HydrateClient>
      <AuditLog />
    </HydrateClient>
  );
}
