"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { standsAs } from "./stands-as.ts";
import { eventLine } from "./timeline-lines.ts";
import type { Attempt } from "./use-conflict.ts";
import type { CaseDetail, ChangesSince } from "./words.ts";

type ConflictDialogProps = { detail: CaseDetail; attempt: Attempt | null; onDone: () => void };

/** Somebody else was faster: both versions side by side, and what can be done. Nothing typed is lost. */
export function ConflictDialog({ detail, attempt, onDone }: ConflictDialogProps): ReactNode {
  return (
    <Dialog
      open={attempt !== null}
      onOpenChange={(isOpen) => !isOpen && onDone()}
      title={`Case ${detail.number} changed while you looked at it`}
      description="Nothing of yours was saved, and nothing was overwritten."
      wide
    >
      {attempt !== null && <BothVersions detail={detail} attempt={attempt} onDone={onDone} />}
    </Dialog>
  );
}

type BothVersionsProps = { detail: CaseDetail; attempt: Attempt; onDone: () => void };

function BothVersions({ detail, attempt, onDone }: BothVersionsProps): ReactNode {
  const trpc = useTRPC();
  const { id: caseId } = detail;
  const since = useQuery(
    trpc.case.changesSince.queryOptions({ caseId, version: attempt.version }, { staleTime: 0, gcTime: 0 }),
  );
  if (since.isError) return <ErrorState message={since.error.message} onRetry={() => void since.refetch()} />;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <section className="rounded-md border border-accent p-3">
          <h3 className="text-xs text-muted">You were about to</h3>
          <p className="font-medium">{attempt.what}</p>
          {attempt.text !== null && <p className="break-words whitespace-pre-wrap">{attempt.text}</p>}
        </section>
        <section className="rounded-md border border-line-strong p-3">
          <h3 className="text-xs text-muted">Meanwhile</h3>
          {since.data === undefined ? (
            <SkeletonRows rows={2} />
          ) : (
            <Meanwhile detail={detail} since={since.data} />
          )}
        </section>
      </div>
      {since.data !== undefined && <Choices attempt={attempt} since={since.data} onDone={onDone} />}
    </>
  );
}

function Meanwhile({ detail, since }: { detail: CaseDetail; since: ChangesSince }): ReactNode {
  return (
    <>
      <p className="font-medium">{standsAs(since.now)}</p>
      <ol className="space-y-1 pt-1">
        {since.changes.map((event) => {
          const line = eventLine(event, detail);
          return (
            <li key={line.key}>
              {line.says}{" "}
              <span className="text-xs text-muted">
                <RelativeTime time={line.at} />
              </span>
              {line.text !== null && <p className="break-words text-muted">{line.text}</p>}
            </li>
          );
        })}
      </ol>
    </>
  );
}

type ChoicesProps = { attempt: Attempt; since: ChangesSince; onDone: () => void };

function Choices({ attempt, since, onDone }: ChoicesProps): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useSession();
  const { now } = since;
  const mayRepeat = now.status === "open" && (now.holder === null || now.holder.id === me);
  const note = useMutation(
    trpc.case.addNote.mutationOptions({
      onSuccess: () => {
        toast("Kept as a note.");
        void queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId: now.id }));
        onDone();
      },
      onError: (error) => toast.error(`The note was not saved. ${error.message}`),
    }),
  );
  const asNote = [`I was about to: ${attempt.what}.`, attempt.text].filter(Boolean).join(" ");
  return (
    <div className="flex flex-wrap justify-end gap-2 pt-4">
      <Button onClick={onDone} autoFocus>
        Leave it as it is
      </Button>
      <Button disabled={note.isPending} onClick={() => note.mutate({ caseId: now.id, text: asNote })}>
        Keep mine as a note
      </Button>
      {mayRepeat && (
        <Button
          look="primary"
          onClick={() => {
            onDone();
            attempt.again(now.version);
          }}
        >
          Do mine all the same
        </Button>
      )}
    </div>
  );
}
