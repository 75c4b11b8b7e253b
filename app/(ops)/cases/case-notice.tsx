"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { instant } from "#app/format/time.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { type CaseDetail, dispositionLook } from "./words.ts";

type CaseNoticeProps = { detail: CaseDetail; otherHolder: string | null; onRelease: () => void };

/** Why this case cannot be decided now, and what can be done instead; nothing while it can. */
export function CaseNotice({ detail, otherHolder, onRelease }: CaseNoticeProps): ReactNode {
  const isLead = useCan("case:manage");
  if (detail.status === "closed") return <ClosedNotice detail={detail} canReopen={isLead} />;
  if (otherHolder !== null && detail.holder !== null) {
    return (
      <Notice>
        <strong className="font-semibold">{otherHolder}</strong> has this case until{" "}
        {detail.holder.until.slice(11, 16)} UTC. You can read it and write notes.
        {isLead && (
          <Button size="small" onClick={onRelease}>
            Release it
          </Button>
        )}
      </Notice>
    );
  }
  if (detail.snoozedUntil !== null) {
    return <Notice>Snoozed until {instant(detail.snoozedUntil)}; it then returns to the queue.</Notice>;
  }
  return null;
}

function ClosedNotice({ detail, canReopen }: { detail: CaseDetail; canReopen: boolean }): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const reopen = useMutation(
    trpc.case.reopen.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId: detail.id })),
      onError: (error) => toast.error(`Not reopened. ${error.message}`),
    }),
  );
  const word =
    detail.disposition === null ? "" : ` as ${dispositionLook[detail.disposition].word.toLowerCase()}`;
  return (
    <Notice>
      Closed{word}
      {detail.closedBy !== null && ` by ${detail.closedBy.name}`}
      {detail.closedAt !== null && `, ${instant(detail.closedAt)}`}.
      {canReopen && (
        <Button
          size="small"
          disabled={reopen.isPending}
          onClick={() => reopen.mutate({ caseId: detail.id, version: detail.version })}
        >
          Reopen
        </Button>
      )}
    </Notice>
  );
}

function Notice({ children }: { children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-sunken px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">{children}</div>
    </div>
  );
}
