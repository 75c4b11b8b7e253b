"use client";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { dispositions } from "#server/domain/case-words.ts";
import { defaultReviewSettings } from "#server/domain/review-settings.ts";
import type { MenuAction } from "./more-menu.tsx";
import { type CaseActions, useCaseActions } from "./use-case-actions.ts";
import { type CaseWork, useCaseWork } from "./use-case-work.ts";
import { type Conflict, useConflict } from "./use-conflict.ts";
import { type Given, useVerdict } from "./use-verdict.ts";
import { useWorkMeter } from "./use-work-meter.ts";
import type { Asked } from "./verdict-dialog.tsx";
import { type CaseDetail, dispositionLook } from "./words.ts";

export type OpenDialog = "snooze" | "escalate" | "hold" | "assign" | null;

type DeskOptions = {
  readonly detail: CaseDetail;
  readonly noteRef: RefObject<HTMLTextAreaElement | null>;
  readonly onOpen: (id: string) => void;
  readonly onSay: (sentence: string) => void;
};

export type Desk = {
  readonly work: CaseWork;
  readonly conflict: Conflict;
  readonly doing: CaseActions;
  readonly dialog: OpenDialog;
  readonly show: (dialog: OpenDialog) => void;
  readonly asked: Asked | null;
  readonly ask: (asked: Asked | null) => void;
  readonly reasonRequiredFor: readonly Disposition[];
  /** a verdict at once, or the dialog where it needs a reason */
  readonly decide: (disposition: Disposition) => void;
  readonly give: (verdict: Given) => void;
  readonly applyToLinked: () => void;
  readonly resume: () => void;
  readonly goOn: () => void;
  readonly actions: readonly MenuAction[];
  readonly isBusy: boolean;
};

/** Everything that can be done with the case on the screen, with its keys. */
export function useCaseDesk({ detail, noteRef, onOpen, onSay }: DeskOptions): Desk {
  const trpc = useTRPC();
  const conflict = useConflict();
  const { refused } = conflict;
  const [dialog, show] = useState<OpenDialog>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const readWork = useWorkMeter();
  const work = useCaseWork(detail);
  const verdict = useVerdict({ detail, readWork, refused, onOpen, onSay });
  const doing = useCaseActions({ detail, refused, onChanged: work.merge, onLeft: verdict.goOn });
  const { data: settings = defaultReviewSettings } = useQuery(
    trpc.reviewSettings.get.queryOptions(undefined, { staleTime: 300_000 }),
  );
  const { reasonRequiredFor } = settings;
  const { version } = detail;
  const decide = (disposition: Disposition): void => {
    if (reasonRequiredFor.includes(disposition)) ask({ disposition, version, withLinked: false });
    else verdict.give({ disposition, version, reason: null, also: [] });
  };
  const applyToLinked = (): void => ask({ disposition: "fraud", version, withLinked: true });
  const actions = useActions({ detail, work, doing, show, applyToLinked });
  useShortcuts(
    "Verdict",
    dispositions.map((d) => ({
      keys: dispositionLook[d].key,
      label: dispositionLook[d].word,
      run: () => decide(d),
    })),
    work.isMine,
  );
  useShortcuts("Case", [
    ...actions.flatMap(({ label, keys, run }) => (keys === undefined ? [] : [{ keys, label, run }])),
    { keys: "z", label: "Undo the last verdict", run: verdict.undo },
    { keys: "n", label: "Write a note", run: () => noteRef.current?.focus() },
    { keys: "]", label: "Next case", run: verdict.goOn },
  ]);
  return {
    ...{ work, conflict, doing, dialog, show, asked, ask, reasonRequiredFor, decide, applyToLinked, actions },
    give: (given) => {
      ask(null);
      verdict.give(given);
    },
    resume: doing.resume,
    goOn: verdict.goOn,
    isBusy: verdict.isBusy || doing.isBusy,
  };
}

type ActionSources = Pick<Desk, "work" | "doing" | "show" | "applyToLinked"> & {
  readonly detail: CaseDetail;
};

/** What else can be done now, as the menu and the keys offer it. */
function useActions({ detail, work, doing, show, applyToLinked }: ActionSources): MenuAction[] {
  const canWork = useCan("case:work");
  const isOpen = detail.status === "open";
  const isHeld = detail.heldAt !== null;
  const mine: MenuAction[] = [
    { label: "Verdict with linked payments", keys: "a", run: applyToLinked },
    { label: "Escalate", keys: "e", run: () => show("escalate") },
    { label: "Snooze", keys: "s", run: () => show("snooze") },
    { label: "Hold back", keys: "h", run: () => show("hold") },
  ];
  return [
    ...(work.isMine && !isHeld ? mine : []),
    ...(work.take === null ? [] : [{ label: "Take it", keys: "t", run: work.take }]),
    ...(canWork && isOpen && isHeld ? [{ label: "Resume", keys: "h", run: doing.resume }] : []),
    ...(canWork && isOpen ? [{ label: "Assign", run: () => show("assign") }] : []),
    {
      label: "Print or save as PDF",
      keys: "p",
      run: () => void window.open(`/cases/${detail.id}/print`, "_blank"),
    },
    { label: "Download as JSON", run: doing.download },
  ];
}
