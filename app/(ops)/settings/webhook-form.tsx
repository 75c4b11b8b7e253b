"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { EndpointKind, type EventType, endpointKinds, eventTypes } from "#server/domain/webhook.ts";
import { ShownSecret } from "./shown-secret.tsx";
import { kindWords } from "./webhook-words.ts";

const targets: Record<EndpointKind, { label: string; hint: string; type: "url" | "email" }> = {
  webhook: { label: "Address", hint: "https://…, called with signed JSON", type: "url" },
  chat: { label: "Address", hint: "The incoming webhook of a chat, called with {text}", type: "url" },
  email: { label: "Mailbox", hint: "Needs SMTP_URL in the installation's settings", type: "email" },
};

/** Asks where to send what, then shows the secret: once. */
export function WebhookForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.webhook.create.mutationOptions({
      onSuccess: ({ secret }) => {
        if (secret === null) {
          toast("It will hear of every alert.");
          onClose();
        }
        return queryClient.invalidateQueries(trpc.webhook.pathFilter());
      },
    }),
  );
  const secret = create.data?.secret ?? null;
  const close = (): void => {
    create.reset();
    onClose();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={secret === null ? "Add an endpoint" : "Copy the secret now"}
    >
      {secret === null ? (
        <EndpointFields onSubmit={create.mutate} isPending={create.isPending} error={create.error?.message} />
      ) : (
        <ShownSecret secret={secret} onDone={close} />
      )}
    </Dialog>
  );
}

type EndpointFieldsProps = {
  onSubmit: (input: {
    kind: EndpointKind;
    target: string;
    description: string;
    eventTypes: EventType[];
  }) => void;
  isPending: boolean;
  error: string | undefined;
};

function EndpointFields({ onSubmit, isPending, error }: EndpointFieldsProps): ReactNode {
  const [kind, setKind] = useState<EndpointKind>("webhook");
  const [target, setTarget] = useState("");
  const [description, setDescription] = useState("");
  const [chosen, setChosen] = useState<EventType[]>([...eventTypes]);
  const { label, hint, type } = targets[kind];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ kind, target, description, eventTypes: kind === "webhook" ? chosen : ["alert.raised"] });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Select
        label="What it is"
        options={endpointKinds.map((value) => ({ value, label: kindWords[value] }))}
        value={kind}
        onValueChange={(value) => setKind(EndpointKind.parse(value))}
      />
      <Input
        label={label}
        hint={hint}
        error={error}
        type={type}
        value={target}
        onChange={(event) => setTarget(event.target.value)}
        required
      />
      <Input
        label="What it is for"
        value={description}
        maxLength={200}
        onChange={(event) => setDescription(event.target.value)}
      />
      {kind === "webhook" ? (
        <fieldset className="space-y-1">
          <legend className="text-xs font-medium text-muted">It hears of</legend>
          {eventTypes.map((each) => (
            <label key={each} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={chosen.includes(each)}
                onChange={(event) =>
                  setChosen(
                    event.target.checked ? [...chosen, each] : chosen.filter((other) => other !== each),
                  )
                }
              />
              {each}
            </label>
          ))}
        </fieldset>
      ) : (
        <p className="text-muted">It hears of alerts, once when each opens.</p>
      )}
      <Button type="submit" look="primary" disabled={isPending || chosen.length === 0}>
        Add
      </Button>
    </form>
  );
}
