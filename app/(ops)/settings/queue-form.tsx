"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { ArchiveQueue } from "./archive-queue.tsx";
import { draftOfQueue, type QueueDraft, queueOf } from "./queue-draft.ts";
import { QueuePreview } from "./queue-preview.tsx";
import { QueueStaff } from "./queue-staff.tsx";
import { RoutingFields } from "./routing-fields.tsx";
import type { Queue, QueueFields } from "./types.ts";

/** What every part of the form gets. */
export type QueueFormPart = {
  draft: QueueDraft;
  errors: Readonly<Record<string, string>>;
  onChange: (draft: QueueDraft) => void;
};

/** A queue: which cases it takes, what it promises, who gets them. Null makes a new one. */
export function QueueForm({ queue, onDone }: { queue: Queue | null; onDone: () => void }): ReactNode {
  const canChange = useCan("queue:write");
  const [draft, onChange] = useState(() => draftOfQueue(queue));
  const [areErrorsShown, setErrorsShown] = useState(false);
  const save = useSave(queue, onDone);
  const read = queueOf(draft);
  const errors = areErrorsShown ? (read.errors ?? {}) : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setErrorsShown(true);
    if (read.fields !== null) save.mutate(read.fields);
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <fieldset disabled={!canChange} className="space-y-5">
        <legend className="sr-only">The queue</legend>
        <Input
          label="Name"
          value={draft.name}
          maxLength={60}
          error={errors.name}
          onChange={(event) => onChange({ ...draft, name: event.target.value })}
        />
        <Input
          label="What it is for"
          value={draft.description}
          maxLength={500}
          onChange={(event) => onChange({ ...draft, description: event.target.value })}
        />
        {queue?.id !== GENERAL_QUEUE_ID && (
          <>
            <RoutingFields draft={draft} errors={errors} onChange={onChange} />
            {canChange && <QueuePreview queueId={queue?.id ?? null} draft={draft} />}
          </>
        )}
        <Input
          label="A verdict is promised within (minutes)"
          hint="Empty for no promise. A promise once made to a case is kept."
          inputMode="numeric"
          value={draft.slaMinutes}
          error={errors.slaMinutes}
          onChange={(event) => onChange({ ...draft, slaMinutes: event.target.value })}
        />
        <QueueStaff draft={draft} errors={errors} onChange={onChange} />
      </fieldset>
      {save.error !== null && (
        <p role="alert" className="text-decline">
          {save.error.message}
        </p>
      )}
      <div className="flex items-center gap-2 border-t border-line pt-4">
        <Button type="submit" look="primary" disabled={!canChange || save.isPending}>
          {queue === null ? "Create" : "Save"}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        {queue !== null && queue.id !== GENERAL_QUEUE_ID && canChange && (
          <ArchiveQueue queue={queue} onDone={onDone} />
        )}
      </div>
      <p className="text-xs text-muted">
        {canChange
          ? "Counts for cases that are routed from now on; those in a queue stay there."
          : "Changing queues needs the role lead or admin."}
      </p>
    </form>
  );
}

function useSave(queue: Queue | null, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settle = {
    onSuccess: ({ name }: { name: string }) => {
      toast(`The queue ${name} is saved.`);
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries(trpc.queue.pathFilter()),
  };
  const create = useMutation(trpc.queue.create.mutationOptions(settle));
  const update = useMutation(trpc.queue.update.mutationOptions(settle));
  const used = queue === null ? create : update;
  const mutate = (fields: QueueFields): void => {
    if (queue === null) create.mutate(fields);
    else update.mutate({ ...fields, queueId: queue.id, version: queue.version });
  };
  return { mutate, isPending: used.isPending, error: used.error };
}
