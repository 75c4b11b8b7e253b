"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { UNDO_SECONDS } from "#server/domain/case-words.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { forgetVerdict, keepVerdict, lastVerdict } from "./last-verdict.ts";
import type { Conflict } from "./use-conflict.ts";
import { forgetDraft } from "./use-draft.ts";
import { type CaseDetail, dispositionLook } from "./words.ts";
import type { Work } from "./work-meter.ts";

/** A verdict as it is given. */
export type Given = {
  readonly disposition: Disposition;
  /** of the case as it was seen */
  readonly version: number;
  readonly reason: string | null;
  /** linked payments that it is applied to as well */
  readonly also: readonly string[];
};

type VerdictOptions = {
  readonly detail: CaseDetail;
  readonly readWork: () => Work | null;
  readonly refused: Conflict["refused"];
  readonly onOpen: (id: string) => void;
  readonly onSay: (sentence: string) => void;
};

export type Verdict = {
  readonly give: (verdict: Given) => void;
  readonly undo: () => void;
  readonly goOn: () => void;
  readonly isBusy: boolean;
};

/**
 * Gives verdicts: shown at once, saved on the server at once, undone for ten seconds from the toast or with z, and
 * followed by the next case. A verdict that was refused comes back with the reason, and nothing moves on.
 */
export function useVerdict({ detail, readWork, refused, onOpen, onSay }: VerdictOptions): Verdict {
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
        const before = queries.getQueryData(keyOf(caseId));
        queries.setQueryData(keyOf(caseId), (shown) =>
          shown === undefined ? shown : { ...shown, status: "closed" as const, disposition, holder: null },
        );
        return { before };
      },
      onSuccess: (row, { caseId, disposition }) => {
        const { word } = dispositionLook[disposition];
        forgetDraft(`verdict ${caseId}`);
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
          description: recorded(disposition, row.linked),
          duration: UNDO_SECONDS * 1000,
          action: { label: "Undo (z)", onClick: undo },
        });
        done.current = `Case ${row.number} closed as ${word.toLowerCase()}, z undoes it. `;
        refresh(row.id);
        next.mutate();
      },
      onError: (error, given, kept) => {
        onSay(`The verdict was not recorded. ${error.message}`);
        queries.setQueryData(keyOf(given.caseId), kept?.before);
        refresh(given.caseId);
        const { disposition, reason = null, alsoTransactionIds } = given;
        const linked = alsoTransactionIds?.length ?? 0;
        refused(error, {
          what: `Close case ${detail.number} as ${dispositionLook[disposition].word.toLowerCase()}${linked === 0 ? "" : `, with ${plural(linked, "linked payment")}`}`,
          text: reason,
          version: given.version,
          again: (version) => close.mutate({ ...given, version }),
        });
      },
    }),
  );

  return {
    give: ({ disposition, version, reason, also }) => {
      if (close.isPending) return;
      const alsoTransactionIds = also.length === 0 ? null : [...also];
      close.mutate({ caseId: detail.id, disposition, version, reason, alsoTransactionIds, work: readWork() });
    },
    undo,
    goOn: () => !next.isPending && next.mutate(),
    isBusy: close.isPending || next.isPending,
  };
}

function recorded(
  disposition: Disposition,
  {
    judged,
    skipped,
  }: { readonly judged: readonly string[]; readonly skipped: readonly { readonly why: string }[] },
): string {
  if (disposition === "not_sure") return "No label was recorded.";
  const also = judged.length === 0 ? "" : ` Applied to ${plural(judged.length, "linked payment")} too.`;
  const [first] = skipped;
  const left = first === undefined ? "" : ` ${plural(skipped.length, "payment")} left out: ${first.why}`;
  return `Recorded as a label.${also}${left}`;
}
