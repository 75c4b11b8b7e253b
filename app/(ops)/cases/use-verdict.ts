"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { isPendingApproval } from "#server/domain/approval.ts";
import { type Disposition, UNDO_SECONDS } from "#server/domain/case.ts";
import { forgetVerdict, keepVerdict, lastVerdict } from "./last-verdict.ts";
import { type CaseDetail, dispositionLook } from "./words.ts";

type VerdictOptions = {
  readonly detail: CaseDetail;
  readonly onOpen: (id: string) => void;
  readonly onSay: (sentence: string) => void;
};

export type Verdict = {
  readonly give: (disposition: Disposition) => void;
  readonly undo: () => void;
  readonly goOn: () => void;
  readonly isBusy: boolean;
};

/**
 * Gives verdicts: shown at once, saved on the server at once, undone for ten seconds from the toast or with z, and
 * followed by the next case. A verdict that was refused comes back with the reason, and nothing moves on.
 */
export function useVerdict({ detail, onOpen, onSay }: VerdictOptions): Verdict {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const keyOf = (caseId: string) => trpc.case.byId.queryKey({ caseId });
  const done = useRef("");
  const refresh = (caseId: string): void => {
    void queries.invalidateQueries({ queryKey: keyOf(caseId) });
    void queries.invalidateQueries(trpc.case.peekNext.pathFilter());
  };

  const next = useMutation(
    trpc.case.next.mutationOptions({
      onSuccess: (row) => {
        if (row === null) {
          onSay(`${done.current}No other case is free.`);
          toast("No other case is free now.", { id: "no-case" });
          return;
        }
        queries.setQueryData(keyOf(row.id), (before) =>
          before === undefined ? before : { ...before, ...row },
        );
        void queries.invalidateQueries(trpc.case.peekNext.pathFilter());
        onSay(`${done.current}Case ${row.number} is open.`);
        onOpen(row.id);
      },
      onError: (error) => toast.error(`The next case could not be opened. ${error.message}`),
    }),
  );

  const reopen = useMutation(
    trpc.case.reopen.mutationOptions({
      onSuccess: (row) => {
        forgetVerdict();
        toast.dismiss(`verdict-${row.id}`);
        onSay(`The verdict on case ${row.number} is undone.`);
        queries.setQueryData(keyOf(row.id), (before) =>
          before === undefined ? before : { ...before, ...row },
        );
        refresh(row.id);
        onOpen(row.id);
      },
      onError: (error) => toast.error(`Not undone. ${error.message}`),
    }),
  );

  const undo = (): void => {
    const verdict = lastVerdict();
    if (verdict === null) toast("There is no verdict left to undo.", { id: "no-undo" });
    else if (!reopen.isPending) reopen.mutate({ caseId: verdict.caseId, version: verdict.version });
  };

  const close = useMutation(
    trpc.case.close.mutationOptions({
      onMutate: ({ caseId, disposition }) => {
        queries.setQueryData(keyOf(caseId), (before) =>
          before === undefined ? before : { ...before, status: "closed" as const, disposition, holder: null },
        );
      },
      onSuccess: (row, { caseId, disposition }) => {
        const { word } = dispositionLook[disposition];
        if (isPendingApproval(row)) {
          toast(`Approval ${row.number} is asked for.`, { description: row.because });
          done.current = `The verdict ${word.toLowerCase()} waits for a second person. `;
          refresh(caseId);
          next.mutate();
          return;
        }
        keepVerdict({ caseId: row.id, version: row.version });
        toast(`Case ${row.number}: ${word.toLowerCase()}`, {
          id: `verdict-${row.id}`,
          description: disposition === "not_sure" ? "No label was recorded." : "Recorded as a label.",
          duration: UNDO_SECONDS * 1000,
          action: { label: "Undo (z)", onClick: undo },
        });
        done.current = `Case ${row.number} closed as ${word.toLowerCase()}, z undoes it. `;
        refresh(row.id);
        next.mutate();
      },
      onError: (error, { caseId }) => {
        onSay(`The verdict was not recorded. ${error.message}`);
        toast.error("The verdict was not recorded.", { description: error.message, duration: 15_000 });
        refresh(caseId);
      },
    }),
  );

  return {
    give: (disposition) => {
      if (!close.isPending) close.mutate({ caseId: detail.id, disposition, version: detail.version });
    },
    undo,
    goOn: () => !next.isPending && next.mutate(),
    isBusy: close.isPending || next.isPending,
  };
}
