"use client";
import type { ReactNode } from "react";
import { Input } from "#app/ui/field.tsx";
import { caseOrigins } from "#server/domain/case-words.ts";
import { originWords } from "../cases/words.ts";
import { Choices } from "./choices.tsx";
import type { RangeField } from "./queue-draft.ts";
import { listFields } from "./queue-draft.ts";
import type { QueueFormPart } from "./queue-form.tsx";

const listWords: Record<(typeof listFields)[number], { label: string; placeholder: string }> = {
  currencies: { label: "Currencies", placeholder: "EUR, USD" },
  channels: { label: "Channels", placeholder: "ecommerce, transfer" },
  countries: { label: "Countries", placeholder: "DE, FR" },
  merchantCategories: { label: "Merchant categories", placeholder: "5732, 7995" },
  merchantIds: { label: "Merchants", placeholder: "mer_7" },
  ruleNames: { label: "One of these rules hit", placeholder: "Many cards on a device" },
};

const ranges: readonly { field: RangeField; label: string; hint?: string }[] = [
  { field: "minAmountMinor", label: "Amount from" },
  { field: "maxAmountMinor", label: "Amount up to" },
  { field: "minScore", label: "Score from", hint: "Between 0 and 1" },
  { field: "maxScore", label: "Score up to" },
];

/** Which cases a queue takes: every condition that is named must hold. */
export function RoutingFields({ draft, errors, onChange }: QueueFormPart): ReactNode {
  return (
    <fieldset className="space-y-3 rounded-md border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Takes cases where all of these hold</legend>
      <Choices
        legend="Why they were opened (none chosen: any)"
        choices={caseOrigins.map((value) => ({ value, label: originWords[value] }))}
        chosen={draft.origins}
        onChange={(origins) => onChange({ ...draft, origins })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {listFields.map((field) => (
          <Input
            key={field}
            label={listWords[field].label}
            placeholder={listWords[field].placeholder}
            value={draft.lists[field]}
            error={errors[field]}
            onChange={(event) =>
              onChange({ ...draft, lists: { ...draft.lists, [field]: event.target.value } })
            }
          />
        ))}
        <Input
          label="Amounts are in"
          placeholder="EUR"
          hint="Empty: 250 is €250, ¥250 or KD 250, in each case's own currency. Named: other currencies are not taken."
          value={draft.amountCurrency}
          error={errors.amountCurrency}
          maxLength={3}
          className="sm:col-span-2"
          onChange={(event) => onChange({ ...draft, amountCurrency: event.target.value })}
        />
        {ranges.map(({ field, label, hint }) => (
          <Input
            key={field}
            label={label}
            {...(hint === undefined ? {} : { hint })}
            inputMode="decimal"
            value={draft.ranges[field]}
            error={errors[field]}
            onChange={(event) =>
              onChange({ ...draft, ranges: { ...draft.ranges, [field]: event.target.value } })
            }
          />
        ))}
      </div>
      <p className="text-xs text-muted">
        Cases worked on without the score are taken only by queues that ask for neither origins nor rules.
      </p>
    </fieldset>
  );
}
