"use client";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { StartForm } from "./start-form.tsx";

/** Opens the settings of an experiment; says why where it can't. */
export function StartButton({ isBusy }: { isBusy: boolean }): ReactNode {
  const canTrain = useCan("model:train");
  const [isOpen, setOpen] = useState(false);
  const reason = !canTrain
    ? "Experiments need the role model owner or admin"
    : isBusy
      ? "A training or an experiment is under way already"
      : undefined;
  return (
    <>
      <Button disabled={reason !== undefined} title={reason} onClick={() => setOpen(true)}>
        Start an experiment
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        wide
        title="Start an experiment"
        description="Everything is compared on the validation days. The test days are looked at once, for the winner; nothing changes until it is promoted."
      >
        <StartForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
