"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Announcer, announce } from "./announcer.tsx";
import { CaseScreen } from "./case-screen.tsx";
import { CaseSkeleton } from "./case-skeleton.tsx";
import { useUpcoming } from "./use-upcoming.ts";

/**
 * Where cases are worked on one after the other. The next case comes in without a page load: its data are here
 * already, and the address changes with it.
 */
export function CaseDesk(): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const addressed = usePathname().split("/")[2] ?? "";
  const [caseId, setCaseId] = useState(addressed);
  useEffect(() => setCaseId(addressed), [addressed]);
  const found = useQuery(trpc.case.byId.queryOptions({ caseId }, { refetchInterval: 15_000 }));
  useUpcoming(caseId);
  useEffect(() => () => void queries.invalidateQueries(trpc.case.list.pathFilter()), [queries, trpc]);

  const open = (id: string): void => {
    if (window.location.pathname === `/cases/${id}`) return;
    setCaseId(id); // at once; the router takes note of the address a moment later
    window.history.pushState(null, "", `/cases/${id}`);
    window.scrollTo({ top: 0 });
  };

  return (
    <>
      <Announcer />
      {found.data !== undefined ? (
        <CaseScreen key={caseId} detail={found.data} onOpen={open} onSay={announce} />
      ) : found.isError ? (
        <>
          <PageHeader title="Case" reading={null} />
          <PageBody>
            <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />
          </PageBody>
        </>
      ) : (
        <CaseSkeleton />
      )}
    </>
  );
}
