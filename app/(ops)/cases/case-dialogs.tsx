"use client";
import type { ReactNode } from "react";
import { AssignDialog } from "./assign-dialog.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import type { Desk, OpenDialog } from "./use-case-desk.ts";
import { VerdictDialog } from "./verdict-dialog.tsx";
import type { CaseDetail } from "./words.ts";

/** The dialogs of a case; one at most is open. */
export function CaseDialogs({ detail, desk }: { detail: CaseDetail; desk: Desk }): ReactNode {
  const { work, conflict, doing, asked, reasonRequiredFor } = desk;
  const openness = (name: OpenDialog) => ({
    isOpen: desk.dialog === name,
    onOpenChange: (isOpen: boolean) => desk.show(isOpen ? name : null),
  });
  const saying = (say: (reason: string) => void) => (reason: string) => {
    desk.show(null);
    say(reason);
  };
  return (
    <>
      <VerdictDialog
        detail={detail}
        asked={asked}
        reasonRequiredFor={reasonRequiredFor}
        onClose={() => desk.ask(null)}
        onGive={desk.give}
      />
      <ReasonDialog
        {...openness("escalate")}
        title={`Escalate case ${detail.number}`}
        description="It is marked and goes back to the queue for somebody more experienced."
        label="What should they look at?"
        action="Escalate"
        draft={`escalate ${detail.id}`}
        isBusy={doing.isBusy}
        onSay={saying(doing.escalate)}
      />
      <ReasonDialog
        {...openness("hold")}
        title={`Hold case ${detail.number} back`}
        description="It leaves the queue until somebody resumes it."
        label="What is waited for?"
        action="Hold back"
        draft={`hold ${detail.id}`}
        isBusy={doing.isBusy}
        onSay={saying(doing.hold)}
      />
      <SnoozeDialog
        detail={detail}
        {...openness("snooze")}
        refused={conflict.refused}
        onSnoozed={(row) => {
          work.merge(row);
          desk.goOn();
        }}
      />
      {desk.dialog === "assign" && <AssignDialog detail={detail} {...openness("assign")} />}
      <ConflictDialog detail={detail} attempt={conflict.attempt} onDone={conflict.dismiss} />
    </>
  );
}
