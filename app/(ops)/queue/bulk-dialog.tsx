"use client";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import {
  type BulkAction,
  type BulkChosen,
  type BulkKind,
  type BulkPreview,
  bulkLook,
} from "./bulk-action.ts";
import { BulkChoice } from "./bulk-choice.tsx";
import { BulkEffect } from "./bulk-effect.tsx";

type BulkDialogProps = {
  kind: BulkKind;
  chosen: BulkChosen;
  onClose: () => void;
  onConfirm: (change: { action: BulkAction; items: { caseId: string; version: number }[] }) => void;
};

/** Chooses what to do with the selected cases and shows its effect in numbers before it is done. */
export function BulkDialog({ kind, chosen, onClose, onConfirm }: BulkDialogProps): ReactNode {
  const trpc = useTRPC();
  const [action, setAction] = useState<BulkAction | null>(null);
  const preview = useMutation(trpc.case.bulkPreview.mutationOptions());
  // What is written as the reason changes nothing about the effect, so it is left out of the question.
  const asked = JSON.stringify(action !== null && "reason" in action ? { ...action, reason: null } : action);
  const ask = useEffectEvent(() => {
    if (action !== null) preview.mutate({ chosen, action });
  });
  useEffect(() => {
    if (asked !== "null") ask();
  }, [asked]);
  const items = preview.data?.items ?? [];
  const isReady = action !== null && items.length > 0 && !lacksReason(action);
  const confirm = (): void => {
    if (isReady) onConfirm({ action, items: [...items] });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={bulkLook[kind].title}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <BulkChoice kind={kind} onChoose={setAction} />
        <BulkEffect
          preview={preview.data}
          verb={bulkLook[kind].past}
          error={preview.error?.message ?? null}
        />
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={!isReady}>
            {confirmWord(kind, preview.data)}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function confirmWord(kind: BulkKind, preview: BulkPreview | undefined): string {
  if (preview === undefined) return bulkLook[kind].verb;
  if (preview.needsApproval !== null) return "Ask a second person";
  return `${bulkLook[kind].verb} ${preview.items.length} ${preview.items.length === 1 ? "case" : "cases"}`;
}

function lacksReason(action: BulkAction): boolean {
  return action.kind === "close" && (action.reason ?? "").trim() === "";
}
