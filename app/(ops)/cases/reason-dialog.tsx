"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { ReasonField } from "./reason-field.tsx";
import { useDraft } from "./use-draft.ts";

type ReasonDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: string;
  /** what the field asks for */
  label: string;
  action: string;
  /** what the draft is kept under */
  draft: string;
  isBusy: boolean;
  onSay: (reason: string) => void;
};

/** Asks for a sentence before something is done; Ctrl Enter does it. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { isOpen, onOpenChange, title, description, label, action, draft, isBusy, onSay } = props;
  const [reason, setReason] = useDraft(draft);
  const say = (): void => {
    if (reason.trim() !== "" && !isBusy) onSay(reason.trim());
  };
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange} title={title} description={description}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          say();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) say();
        }}
      >
        <ReasonField label={label} value={reason} onChange={setReason} isRequired />
        <div className="flex items-center justify-end gap-2">
          <KeyHint keys="Ctrl Enter" />
          <Button type="submit" look="primary" disabled={isBusy || reason.trim() === ""}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
