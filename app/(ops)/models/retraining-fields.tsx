"use client";
import type { ReactNode } from "react";
import { Card } from "#app/ui/card.tsx";
import { Input } from "#app/ui/field.tsx";
import { Choice } from "./choices.tsx";
import type { DraftErrors, RetrainingDraft } from "./retraining-draft.ts";
import { ScheduleFields } from "./schedule-fields.tsx";

type FieldsProps = { draft: RetrainingDraft; onChange: (draft: RetrainingDraft) => void };

/** When a training starts without a person. */
export function TriggerFields({ draft, errors, onChange }: FieldsProps & { errors: DraftErrors }): ReactNode {
  return (
    <Card title="What asks for a training">
      <div className="space-y-4">
        <ScheduleFields schedule={draft.schedule} onChange={(schedule) => onChange({ ...draft, schedule })} />
        <Input
          label="New mature labels since the last training (empty: labels alone ask for none)"
          inputMode="numeric"
          value={draft.matureLabels}
          error={errors.matureLabels}
          onChange={(event) => onChange({ ...draft, matureLabels: event.target.value })}
        />
        <Choice
          name="An alert of drift or performance"
          what="the first one; what comes while a training runs is remembered once"
          isChosen={draft.onAlert}
          onToggle={() => onChange({ ...draft, onAlert: !draft.onAlert })}
        />
        <Input
          label="Labels and alerts start none sooner after the last than (hours)"
          inputMode="numeric"
          value={draft.leastHoursBetween}
          error={errors.leastHoursBetween}
          onChange={(event) => onChange({ ...draft, leastHoursBetween: event.target.value })}
        />
      </div>
    </Card>
  );
}

/** Whether a model is promoted, and taken back, without a person. */
export function ResultFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <Card title="What becomes of the result">
      <div className="space-y-3">
        <Choice
          name="Promote what the gate lets through"
          what="when its cost falls beyond chance and no guardrail breaks; four eyes still apply where they are set"
          isChosen={draft.promotion === "automatic"}
          onToggle={() =>
            onChange({ ...draft, promotion: draft.promotion === "automatic" ? "manual" : "automatic" })
          }
        />
        <Choice
          name="Roll back by itself"
          what="when a champion breaks a live guardrail within a week of its promotion; never twice in a row"
          isChosen={draft.rollback === "automatic"}
          onToggle={() =>
            onChange({ ...draft, rollback: draft.rollback === "automatic" ? "off" : "automatic" })
          }
        />
      </div>
    </Card>
  );
}
