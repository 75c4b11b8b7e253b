import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { refusedUnless } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { AuditLog } from "./audit-log.tsx";
import { auditInput, loadAuditParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Audit" };

type AuditPageProps = { searchParams: Promise<SearchParams> };

export default async function AuditPage({ searchParams }: AuditPageProps): Promise<ReactNode> {
  const refused = await refusedUnless("audit:read", "Audit");
  if (refused !== null) return refused;
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
