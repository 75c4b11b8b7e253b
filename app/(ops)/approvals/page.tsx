import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { RefusedPage } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { currentActor } from "#server/auth/session.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { Approvals } from "./approvals.tsx";
import { listInput, loadApprovalParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Approvals" };

type ApprovalsPageProps = { searchParams: Promise<SearchParams> };

export default async function ApprovalsPage({ searchParams }: ApprovalsPageProps): Promise<ReactNode> {
  const actor = await currentActor();
  if (actor === null || !hasPermission(actor, "approval:ask")) {
    return <RefusedPage title="Approvals" permission="approval:ask" />;
  }
  const { pile } = await loadApprovalParams(searchParams);
  await prefetchPages(
    trpc.approval.list.infiniteQueryOptions(listInput(pile), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <HydrateClient>
      <Approvals />
    </HydrateClient>
  );
}
