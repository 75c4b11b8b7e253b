import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { CaseDesk } from "../case-desk.tsx";

export const metadata: Metadata = { title: "Case" };

type CasePageProps = { params: Promise<{ id: string }> };

export default async function CasePage({ params }: CasePageProps): Promise<ReactNode> {
  const { id } = await params;
  void prefetch(trpc.case.linkedEntities.queryOptions({ caseId: id }));
  void prefetch(trpc.case.paymentPoints.queryOptions({ caseId: id, of: "customer" }));
  void prefetch(trpc.case.similar.queryOptions({ caseId: id }));
  await Promise.all([
    prefetch(trpc.case.byId.queryOptions({ caseId: id })),
    prefetch(trpc.reviewSettings.get.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <CaseDesk />
    </HydrateClient>
  );
}
