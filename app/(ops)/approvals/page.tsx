import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { refusedUnless } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetchPages, trpc } from "#app/trpc/server.tsx";
import { Approvals } from "./approvals.tsx";
import { listInput, loadApprovalParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Approvals" };

type ApprovalsPageProps = { searchParams: Promise<SearchParams> };

export default async function ApprovalsPage({ searchParams }: ApprovalsPageProps): Promise<ReactNode> {
  const refused = await refusedUnless("approval:ask", "Approvals");
  if (refused !== null) return refused;
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
