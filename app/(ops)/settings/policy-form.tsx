"use client";
import type { ReactNode } from "react";
import { Input, Select } from "#app/ui/field.tsx";
import { type Errors, type PolicyDraft, shareFields } from "./policy-draft.ts";
import { PolicyFigures } from "./policy-figures.tsx";
import { PolicySegments } from "./policy-segments.tsx";
import { shareWords } from "./policy-words.ts";

/** What every part of the form gets. */
export type PolicyFormPart = {
  draft: PolicyDraft;
  errors: Errors;
  onChange: (draft: PolicyDraft) => void;
};

/** All of a policy: how it decides, what mistakes cost, who reviews, what is reviewed to learn. */
export function PolicyForm({ draft, errors, onChange }: PolicyFormPart): ReactNode {
  const part = { draft, errors, onChange };
  return (
    <>
      <Deciding {...part} />
      <fieldset className="space-y-3 rounded-md border border-line p-3">
        <legend className="px-1 text-xs font-medium text-muted">
          Figures, in whole units of each payment's currency
        </legend>
        <PolicyFigures
          figures={draft.figures}
          path="figures"
          errors={errors}
          onChange={(figures) => onChange({ ...draft, figures })}
        />
      </fieldset>
      <PolicySegments {...part} />
      <Staff {...part} />
      <Exploration {...part} />
    </>
  );
}

function Deciding({ draft, errors, onChange }: PolicyFormPart): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Input
        label="Name"
        maxLength={120}
        value={draft.name}
        error={errors.name}
        onChange={(event) => onChange({ ...draft, name: event.target.value })}
      />
      <Select
        label="Decides by"
        options={[
          { value: "cost", label: "Least expected cost" },
          { value: "thresholds", label: "Fixed thresholds" },
        ]}
        value={draft.mode}
        onValueChange={(mode) => onChange({ ...draft, mode: mode === "cost" ? "cost" : "thresholds" })}
      />
      {(["reviewThreshold", "declineThreshold"] as const).map((field) => (
        <Input
          key={field}
          label={field === "reviewThreshold" ? "Review from, %" : "Decline from, %"}
          inputMode="decimal"
          disabled={draft.mode === "cost"}
          value={draft[field]}
          error={errors[field]}
          onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
        />
      ))}
    </div>
  );
}

const staffWords = {
  analysts: "Analysts",
  casesEach: "Cases a day, each",
  maturityDays: "Labels mature after, days",
} as const;

function Staff({ draft, errors, onChange }: PolicyFormPart): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {(["analysts", "casesEach", "maturityDays"] as const).map((field) => (
        <Input
          key={field}
          label={staffWords[field]}
          inputMode="decimal"
          value={draft[field]}
          error={errors[field]}
          onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
        />
      ))}
    </div>
  );
}

function Exploration({ draft, errors, onChange }: PolicyFormPart): ReactNode {
  return (
    <fieldset className="space-y-3 rounded-md border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Reviewed to learn</legend>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {shareFields.map((field) => (
          <Input
            key={field}
            {...shareWords[field]}
            inputMode="decimal"
            value={draft.exploration[field]}
            error={errors[`exploration.${field}`]}
            onChange={(event) =>
              onChange({ ...draft, exploration: { ...draft.exploration, [field]: event.target.value } })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
