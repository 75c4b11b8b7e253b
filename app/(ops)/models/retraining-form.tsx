"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Input } from "#app/ui/field.tsx";
import type { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { Choice } from "./choices.tsx";
import { draftOf, settingsOf } from "./retraining-draft.ts";
import { ScheduleFields } from "./schedule-fields.tsx";

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
        <Card title="What asks for a training">
          <div className="space-y-4">
            <ScheduleFields
              schedule={draft.schedule}
              onChange={(schedule) => setDraft({ ...draft, schedule })}
            />
            <Input
              label="New mature labels since the last training (empty: labels alone ask for none)"
              inputMode="numeric"
              value={draft.matureLabels}
              error={errors.matureLabels}
              onChange={(event) => setDraft({ ...draft, matureLabels: event.target.value })}
            />
            <Choice
              name="An alert of drift or performance"
              what="the first one; what comes while a training runs is remembered once"
              isChosen={draft.onAlert}
              onToggle={() => setDraft({ ...draft, onAlert: !draft.onAlert })}
            />
            <Input
              label="Labels and alerts start none sooner after the last than (hours)"
              inputMode="numeric"
              value={draft.leastHoursBetween}
              error={errors.leastHoursBetween}
              onChange={(event) => setDraft({ ...draft, leastHoursBetween: event.target.value })}
            />
          </div>
        </Card>
        <Card title="What becomes of the result">
          <div className="space-y-3">
            <Choice
              name="Promote what the gate lets through"
              what="when its cost falls beyond chance and no guardrail breaks; four eyes still apply where they are set"
              isChosen={draft.promotion === "automatic"}
              onToggle={() =>
                setDraft({ ...draft, promotion: draft.promotion === "automatic" ? "manual" : "automatic" })
              }
            />
            <Choice
              name="Roll back by itself"
              what="when a champion breaks a live guardrail within a week of its promotion; never twice in a row"
              isChosen={draft.rollback === "automatic"}
              onToggle={() =>
                setDraft({ ...draft, rollback: draft.rollback === "automatic" ? "off" : "automatic" })
              }
            />
          </div>
        </Card>
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
