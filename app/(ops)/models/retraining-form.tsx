"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import type { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { draftOf, settingsOf } from "./retraining-draft.ts";
import { ResultFields, TriggerFields } from "./retraining-fields.tsx";

/** What asks for a training and what becomes of its result; read-only for who may not change it. */
export function RetrainingForm({ stored }: { stored: RetrainingSettings }): ReactNode {
  const canChange = useCan("model:train");
  const [draft, setDraft] = useState(() => draftOf(stored));
  const { settings, errors } = settingsOf(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(stored));
  const save = useSave();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (settings !== null) save.mutate({ settings, expected: stored });
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Retraining settings" className="space-y-4">
      <fieldset disabled={!canChange} className="grid items-start gap-4 lg:grid-cols-2">
        <legend className="sr-only">Retraining settings</legend>
        <TriggerFields draft={draft} errors={errors} onChange={setDraft} />
        <ResultFields draft={draft} onChange={setDraft} />
      </fieldset>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          look="primary"
          disabled={!canChange || !isChanged || settings === null || save.isPending}
        >
          Save
        </Button>
        <Button disabled={!canChange || !isChanged} onClick={() => setDraft(draftOf(stored))}>
          Discard
        </Button>
        {!canChange && <p className="text-muted">Changing these needs the role model owner or admin.</p>}
      </div>
    </form>
  );
}

function useSave() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.training.setTriggers.mutationOptions({
      onSuccess: async () => {
        toast("The retraining settings count from now on.");
        await queryClient.invalidateQueries(trpc.training.triggers.queryFilter());
      },
      onError: (error) => toast.error(error.message),
    }),
  );
}
