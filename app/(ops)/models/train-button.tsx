"use client";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { TrainForm } from "./train-form.tsx";

/** Opens the options of a training; says why where it can't. */
export function TrainButton({ isBusy }: { isBusy: boolean }): ReactNode {
  const canTrain = useCan("model:train");
  const [isOpen, setOpen] = useState(false);
  const reason = !canTrain
    ? "Training needs the role model owner or admin"
    : isBusy
      ? "A training is under way already"
      : undefined;
  return (
    <>
      <Button look="primary" disabled={reason !== undefined} title={reason} onClick={() => setOpen(true)}>
        Train a new model
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        wide
        title="Train a new model"
        description="Reads every labelled payment so far. The result is a candidate: nothing changes until it is promoted."
      >
        <TrainForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
