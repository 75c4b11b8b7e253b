"use client";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { instant } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { useNow } from "#app/ui/now.tsx";
import { snoozeChoices } from "./snooze-choices.ts";
import type { Conflict } from "./use-conflict.ts";
import type { CaseDetail, CaseRow } from "./words.ts";

/** Stable, so that it is called when the button appears and not with every render. */
const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();

type SnoozeDialogProps = {
  detail: CaseDetail;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onSnoozed: (row: CaseRow) => void;
  refused: Conflict["refused"];
};

/** Until when to put the case off; the first choice has the focus, so s and Enter suffice. */
export function SnoozeDialog({
  detail,
  isOpen,
  onOpenChange,
  onSnoozed,
  refused,
}: SnoozeDialogProps): ReactNode {
  const trpc = useTRPC();
  const now = useNow();
  const snooze = useMutation(
    trpc.case.snooze.mutationOptions({
      onSuccess: (row) => {
        onOpenChange(false);
        toast(`Case ${row.number} returns ${row.snoozedUntil === null ? "now" : instant(row.snoozedUntil)}.`);
        onSnoozed(row);
      },
      onError: (error, tried) => {
        onOpenChange(false);
        refused(error, {
          what: `Snooze case ${detail.number} until ${instant(tried.until)}`,
          text: null,
          version: tried.version,
          again: (now) => snooze.mutate({ ...tried, version: now }),
        });
      },
    }),
  );
  const { id: caseId, version } = detail;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={`Snooze case ${detail.number}`}
      description="It leaves the queue until then; others may still open it."
    >
      <div className="grid gap-2">
        {now !== null &&
          snoozeChoices(now).map(({ label, until }, place) => (
            <Button
              key={label}
              {...(place === 0 ? { ref: takeFocus } : {})}
              disabled={snooze.isPending}
              onClick={() => snooze.mutate({ caseId, version, until: until.toISOString() })}
            >
              <span className="flex w-full justify-between gap-3">
                {label}
                <span className="font-normal text-muted">{instant(until)}</span>
              </span>
            </Button>
          ))}
      </div>
    </Dialog>
  );
}
