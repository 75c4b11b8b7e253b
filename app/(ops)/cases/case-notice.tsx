"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { instant } from "#app/format/time.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { type CaseDetail, dispositionLook } from "./words.ts";

type CaseNoticeProps = {
  detail: CaseDetail;
  otherHolder: string | null;
  onRelease: () => void;
  onResume: () => void;
  /** null unless nobody has the case and this person may */
  onTake: (() => void) | null;
};

/** Why this case cannot be decided now, and what can be done instead; nothing while it can. */
export function CaseNotice({ detail, otherHolder, onRelease, onResume, onTake }: CaseNoticeProps): ReactNode {
  const isLead = useCan("case:manage");
  const canWork = useCan("case:work");
  if (detail.joinedTo !== null) {
    return (
      <Notice>
        {detail.status === "joined" ? "Worked on as part of" : "Was worked on as part of"}
        <Link
          href={`/cases/${detail.joinedTo.id}`}
          className="font-semibold text-accent underline underline-offset-2"
        >
          case {detail.joinedTo.number}
        </Link>
        {detail.status === "joined" && "; the verdict is given there."}
      </Notice>
    );
  }
  if (detail.status === "closed") return <ClosedNotice detail={detail} canReopen={isLead} />;
  if (otherHolder !== null && detail.holder !== null) {
    return (
      <Notice>
        <span>
          <strong className="font-semibold">{otherHolder}</strong> has this case until{" "}
          {detail.holder.until.slice(11, 16)} UTC. You can read it and write notes.
        </span>
        {isLead && (
          <Button size="small" onClick={onRelease}>
            Release it
          </Button>
        )}
      </Notice>
    );
  }
  if (detail.heldAt !== null) {
    return <HeldNotice detail={detail} onResume={canWork ? onResume : null} />;
  }
  if (detail.snoozedUntil !== null) {
    return <Notice>Snoozed until {instant(detail.snoozedUntil)}; it then returns to the queue.</Notice>;
  }
  if (onTake !== null) {
    return (
      <Notice>
        Nobody has this case now.
        <Button size="small" onClick={onTake}>
          Take it <KeyHint keys="t" />
        </Button>
      </Notice>
    );
  }
  return null;
}

/** Held back for something from outside, or for a second person. */
function HeldNotice({ detail, onResume }: { detail: CaseDetail; onResume: (() => void) | null }): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const subject = { subjectType: "case", subjectId: detail.id };
  const { data: pending } = useQuery(trpc.approval.pendingOf.queryOptions(subject));
  const withdraw = useMutation(
    trpc.approval.withdraw.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.approval.pathFilter());
        void queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId: detail.id }));
      },
      onError: (error) => toast.error(`Not withdrawn. ${error.message}`),
    }),
  );
  if (pending === undefined) return <Notice>Held back.</Notice>;
  if (pending === null) {
    const why = detail.timeline.findLast((event) => event.kind === "held");
    return (
      <Notice>
        Held back{why?.actor != null && ` by ${why.actor.name}`}
        {why?.reason != null && `: ${why.reason}`}.
        {onResume !== null && (
          <Button size="small" onClick={onResume}>
            Resume <KeyHint keys="h" />
          </Button>
        )}
      </Notice>
    );
  }
  const asked = detail.timeline.findLast((event) => event.approval?.number === pending.number)?.disposition;
  return (
    <Notice>
      <strong className="font-semibold text-review">
        <span aria-hidden="true">◇ </span>
        {asked == null ? "A change" : `The verdict ${dispositionLook[asked].word.toLowerCase()}`} by{" "}
        {pending.requestedBy.name} waits for a second person.
      </strong>
      {pending.because}
      <Link href="/approvals" className="text-accent underline underline-offset-2">
        Approval {pending.number}
      </Link>
      {pending.isMine && (
        <Button
          size="small"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate({ approvalId: pending.id })}
        >
          Withdraw it
        </Button>
      )}
    </Notice>
  );
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
