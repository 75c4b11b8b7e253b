"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import type { Alert } from "./words.ts";

const silences = [
  { value: "1", label: "1 hour" },
  { value: "8", label: "8 hours" },
  { value: "24", label: "a day" },
  { value: "168", label: "a week" },
];

/** Acknowledge, silence, resolve and retrain, as far as the role may. */
export function AlertActions({ alert, children }: { alert: Alert; children: ReactNode }): ReactNode {
  const [hours, setHours] = useState("8");
  const { acknowledge, silence, resolve, retrain, isPending } = useAlertChanges();
  const mayWrite = useCan("policy:write");
  const mayTrain = useCan("model:train");
  const alertId = alert.id;
  const isOver = alert.resolvedAt !== null;
  const isOff = isPending || isOver;
  const silenceIt = (): void => silence.mutate({ alertId, hours: Number(hours) });
  const acknowledgeIt = (): void => acknowledge.mutate({ alertId });
  useShortcuts(
    "This alert",
    [
      ...(alert.state === "open" ? [{ keys: "a", label: "Acknowledge", run: acknowledgeIt }] : []),
      { keys: "s", label: "Silence", run: silenceIt },
      { keys: "r", label: "Resolve", run: () => resolve.mutate({ alertId }) },
    ],
    mayWrite && !isOff,
  );
  return (
    <div className="flex flex-wrap items-end gap-2 border-t border-line pt-3">
      {mayWrite && !isOver && (
        <>
          <Button look="primary" disabled={isOff || alert.state !== "open"} onClick={acknowledgeIt}>
            Acknowledge <KeyHint keys="a" />
          </Button>
          <Select
            label="Silence for"
            isLabelHidden
            options={silences}
            value={hours}
            onValueChange={setHours}
            className="w-28"
          />
          <Button disabled={isOff} onClick={silenceIt}>
            Silence <KeyHint keys="s" />
          </Button>
          <Button disabled={isOff} onClick={() => resolve.mutate({ alertId })}>
            Resolve <KeyHint keys="r" />
          </Button>
        </>
      )}
      {mayTrain && !isOver && alert.evidence !== null && (
        <Button disabled={isOff} onClick={() => retrain.mutate({ alertId })}>
          Retrain
        </Button>
      )}
      {children}
    </div>
  );
}

function useAlertChanges() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = (said: string) => ({
    onSuccess: (): void => void toast(said),
    onError: (error: { message: string }): void => void toast.error(error.message),
    onSettled: (): Promise<void> => queryClient.invalidateQueries(trpc.alert.pathFilter()),
  });
  const acknowledge = useMutation(trpc.alert.acknowledge.mutationOptions(options("You look after it now.")));
  const silence = useMutation(trpc.alert.silence.mutationOptions(options("Silenced.")));
  const resolve = useMutation(trpc.alert.resolve.mutationOptions(options("Resolved.")));
  const retrain = useMutation(
    trpc.alert.retrain.mutationOptions(options("A training is asked for; the Models page shows it.")),
  );
  const isPending = [acknowledge, silence, resolve, retrain].some((each) => each.isPending);
  return { acknowledge, silence, resolve, retrain, isPending };
}
