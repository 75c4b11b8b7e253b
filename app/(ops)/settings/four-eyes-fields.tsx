"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Input } from "#app/ui/field.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { Choices } from "./choices.tsx";
import type { FourEyesSwitch, ReviewDraft } from "./review-draft.ts";

const switchWords: Record<FourEyesSwitch, string> = {
  overrides: "A verdict against an earlier label",
  blockListing: "Putting something on the block list",
  ruleChanges: "Putting rules in force",
  policyChanges: "Putting a policy in force",
  promotion: "Promoting a model",
};
const isSwitch = (name: string): name is FourEyesSwitch => name in switchWords;
const switches = Object.keys(switchWords).filter(isSwitch);

type FourEyesFieldsProps = {
  draft: ReviewDraft;
  errors: Readonly<Record<string, string>>;
  onChange: (draft: ReviewDraft) => void;
};

/** What needs a second person. */
export function FourEyesFields({ draft, errors, onChange }: FourEyesFieldsProps): ReactNode {
  return (
    <Card title="What needs a second person">
      <div className="space-y-4">
        <Choices
          legend="These changes"
          choices={switches.map((value) => ({ value, label: switchWords[value] }))}
          chosen={switches.filter((name) => draft.switches[name])}
          onChange={(chosen) =>
            onChange({
              ...draft,
              switches: {
                overrides: chosen.includes("overrides"),
                blockListing: chosen.includes("blockListing"),
                ruleChanges: chosen.includes("ruleChanges"),
                policyChanges: chosen.includes("policyChanges"),
                promotion: chosen.includes("promotion"),
              },
            })
          }
        />
        <Amounts draft={draft} errors={errors} onChange={onChange} />
      </div>
    </Card>
  );
}

function Amounts({ draft, errors, onChange }: FourEyesFieldsProps): ReactNode {
  const { amounts } = draft;
  const change = (key: number, part: { currency?: string; amount?: string }): void => {
    onChange({ ...draft, amounts: amounts.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  };
  const add = (): void => {
    const key = Math.max(-1, ...amounts.map((row) => row.key)) + 1;
    onChange({ ...draft, amounts: [...amounts, { key, currency: "", amount: "" }] });
  };
  return (
    <fieldset className="space-y-2">
      <legend className="text-xs font-medium text-muted">Verdicts on payments of at least</legend>
      {amounts.map(({ key, currency, amount }) => (
        <div key={key} className="flex items-start gap-2">
          <Input
            label="Currency"
            isLabelHidden
            placeholder="EUR"
            className="w-20"
            maxLength={3}
            value={currency}
            onChange={(event) => change(key, { currency: event.target.value.toUpperCase() })}
          />
          <Input
            label={`Amount in ${currency === "" ? "that currency" : currency}`}
            isLabelHidden
            placeholder="1000"
            inputMode="decimal"
            className="flex-1"
            error={errors[`amount.${key}`]}
            value={amount}
            onChange={(event) => change(key, { amount: event.target.value })}
          />
          <Button
            look="quiet"
            aria-label={`Remove the amount in ${currency}`}
            onClick={() => onChange({ ...draft, amounts: amounts.filter((row) => row.key !== key) })}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      {amounts.length === 0 && <p className="text-muted">No amount: verdicts need one person.</p>}
      <Button size="small" onClick={add}>
        Add a currency
      </Button>
    </fieldset>
  );
}
