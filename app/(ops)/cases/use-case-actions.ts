"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { saveAs } from "./file-content.ts";
import type { Conflict } from "./use-conflict.ts";
import { forgetDraft } from "./use-draft.ts";
import type { CaseDetail, CaseRow } from "./words.ts";

type ActionOptions = {
  readonly detail: CaseDetail;
  readonly refused: Conflict["refused"];
  /** the case after a change */
  readonly onChanged: (row: CaseRow) => void;
  /** it left the desk: on to the next */
  readonly onLeft: () => void;
};

export type CaseActions = {
  readonly escalate: (reason: string) => void;
  readonly hold: (reason: string) => void;
  readonly resume: () => void;
  readonly download: () => void;
  readonly isBusy: boolean;
};

/** What can be done with a case besides a verdict. */
export function useCaseActions({ detail, refused, onChanged, onLeft }: ActionOptions): CaseActions {
  const trpc = useTRPC();
  const { id: caseId, number } = detail;
  const left = (said: string, draft: string) => (row: CaseRow) => {
    forgetDraft(draft);
    onChanged(row);
    toast(said);
    onLeft();
  };
  const escalating = useMutation(
    trpc.case.escalate.mutationOptions({
      onSuccess: left(`Case ${number} is escalated.`, `escalate ${caseId}`),
    }),
  );
  const holding = useMutation(
    trpc.case.hold.mutationOptions({ onSuccess: left(`Case ${number} is held back.`, `hold ${caseId}`) }),
  );
  const resuming = useMutation(trpc.case.resume.mutationOptions({ onSuccess: onChanged }));
  const exporting = useMutation(
    trpc.case.export.mutationOptions({
      onSuccess: (exported) =>
        saveAs(
          `case-${number}.json`,
          new Blob([JSON.stringify(exported, null, 2)], { type: "application/json" }),
        ),
      onError: (error) => toast.error(`Not exported. ${error.message}`),
    }),
  );
  const escalate = (reason: string, version = detail.version): void =>
    escalating.mutate(
      { caseId, version, reason },
      {
        onError: (error) =>
          refused(error, {
            what: `Escalate case ${number}`,
            text: reason,
            version,
            again: (now) => escalate(reason, now),
          }),
      },
    );
  const hold = (reason: string, version = detail.version): void =>
    holding.mutate(
      { caseId, version, reason },
      {
        onError: (error) =>
          refused(error, {
            what: `Hold case ${number} back`,
            text: reason,
            version,
            again: (now) => hold(reason, now),
          }),
      },
    );
  const resume = (version = detail.version): void =>
    resuming.mutate(
      { caseId, version },
      {
        onError: (error) =>
          refused(error, { what: `Resume case ${number}`, text: null, version, again: resume }),
      },
    );
  return {
    escalate: (reason) => escalate(reason),
    hold: (reason) => hold(reason),
    resume: () => resume(),
    download: () => exporting.mutate({ caseId, format: "json" }),
    isBusy: escalating.isPending || holding.isPending || resuming.isPending || exporting.isPending,
  };
}
