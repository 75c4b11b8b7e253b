"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input } from "#app/ui/field.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { type Scope, scopes } from "#server/domain/permission.ts";

const scopeWords: Record<Scope, string> = { score: "Score payments", label: "Send labels" };

/** Asks for a name and scopes, then shows the key: once. */
export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.apiKey.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.apiKey.list.queryFilter()),
    }),
  );
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
      title={create.data === undefined ? "Create an API key" : "Copy the key now"}
    >
      {create.data === undefined ? (
        <KeyForm
          onSubmit={create.mutate}
          isPending={create.isPending}
          {...(create.error === null ? {} : { error: create.error.message })}
        />
      ) : (
        <NewKey apiKey={create.data.key} onDone={close} />
      )}
    </Dialog>
  );
}

type KeyFormProps = {
  onSubmit: (input: { name: string; scopes: Scope[] }) => void;
  isPending: boolean;
  error?: string;
};

function KeyForm({ onSubmit, isPending, error }: KeyFormProps): ReactNode {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<Scope[]>([...scopes]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ name, scopes: chosen });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Input
        label="Name"
        hint="What will use it: “checkout”, “chargeback import”"
        error={error}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={120}
        required
      />
      <fieldset className="space-y-1">
        <legend className="text-xs font-medium text-muted">It may</legend>
        {scopes.map((scope) => (
          <label key={scope} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, scope] : chosen.filter((s) => s !== scope))
              }
            />
            {scopeWords[scope]}
          </label>
        ))}
      </fieldset>
      <Button type="submit" look="primary" disabled={isPending || chosen.length === 0}>
        Create
      </Button>
    </form>
  );
}

function NewKey({ apiKey, onDone }: { apiKey: string; onDone: () => void }): ReactNode {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(apiKey);
    toast("Copied.");
  };
  return (
    <div className="space-y-4">
      <p>This is the only time it is shown; only its fingerprint is kept.</p>
      <code className="block rounded-md bg-sunken p-3 break-all select-all">{apiKey}</code>
      <div className="flex justify-end gap-2">
        <Button onClick={() => void copy()}>
          <Icon name="copy" /> Copy
        </Button>
        <Button look="primary" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}
