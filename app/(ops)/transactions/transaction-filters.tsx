"use client";
import { type ReactNode, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Select } from "#app/ui/field.tsx";
import { outcomeLook } from "#app/ui/outcome-badge.tsx";
import { labelFilters } from "#server/domain/label.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { channels, transactionOrigins } from "#server/domain/transaction.ts";
import { CommitInput } from "./commit-input.tsx";
import { filterCount } from "./list-input.ts";
import type { TransactionParams } from "./search-params.ts";

type TransactionFiltersProps = {
  params: TransactionParams;
  /** goes back to the newest page, since the list is another one */
  onChange: (changes: Partial<TransactionParams>) => void;
};

const words = (text: string): string => text.replaceAll("_", " ");
const one = <T extends string>(list: readonly T[], value: string): T | null =>
  list.find((item) => item === value) ?? null;
const number = (text: string): number | null => {
  const typed = Number(text.replace(",", "."));
  return text.trim() === "" || Number.isNaN(typed) ? null : typed;
};
const any = (label: string) => ({ value: "", label });

export function TransactionFilters({ params, onChange }: TransactionFiltersProps): ReactNode {
  const active = filterCount(params);
  const [isMore, setMore] = useState(rareFilters.some((name) => params[name] !== null));
  return (
    <search className="space-y-2">
      <div className="flex gap-2">
        <CommitInput
          label="Search"
          placeholder="Whole id of a payment, customer, merchant, card or device"
          data-search
          type="search"
          className="flex-1"
          value={params.q ?? ""}
          onCommit={(q) => onChange({ q: q.trim() || null })}
        />
        {(active > 0 || params.q !== null) && (
          <Button look="quiet" onClick={() => onChange(cleared)}>
            Clear{active > 0 ? ` ${active} filter${active === 1 ? "" : "s"}` : ""}
          </Button>
        )}
        <Button aria-expanded={isMore} onClick={() => setMore(!isMore)}>
          {isMore ? "Fewer filters" : "More filters"}
        </Button>
      </div>
      <div
        className={classNames(
          "grid-cols-2 gap-2 sm:grid sm:grid-cols-3 lg:grid-cols-5",
          isMore ? "grid" : "hidden",
        )}
      >
        <UsualFilters params={params} onChange={onChange} />
        {isMore && <RareFilters params={params} onChange={onChange} />}
      </div>
    </search>
  );
}

function UsualFilters({ params, onChange }: TransactionFiltersProps): ReactNode {
  return (
    <>
      <Select
        label="Outcome"
        isLabelHidden
        value={params.outcome ?? ""}
        onValueChange={(value) => onChange({ outcome: one(outcomes, value) })}
        options={[
          any("Any outcome"),
          ...outcomes.map((value) => ({ value, label: outcomeLook[value].word })),
        ]}
      />
      <Select
        label="Label"
        isLabelHidden
        value={params.label ?? ""}
        onValueChange={(value) => onChange({ label: one(labelFilters, value) })}
        options={[
          any("Any label"),
          { value: "fraud", label: "Fraud" },
          { value: "legitimate", label: "Legitimate" },
          { value: "none", label: "No label" },
        ]}
      />
      <Select
        label="Channel"
        isLabelHidden
        value={params.channel ?? ""}
        onValueChange={(value) => onChange({ channel: one(channels, value) })}
        options={[any("Any channel"), ...channels.map((value) => ({ value, label: words(value) }))]}
      />
      <CommitInput
        label="From day (UTC)"
        type="date"
        value={params.from ?? ""}
        onCommit={(from) => onChange({ from: from || null })}
      />
      <CommitInput
        label="To day (UTC)"
        type="date"
        value={params.to ?? ""}
        onCommit={(to) => onChange({ to: to || null })}
      />
    </>
  );
}

const rareFilters = ["origin", "currency", "min", "max"] as const;

function RareFilters({ params, onChange }: TransactionFiltersProps): ReactNode {
  return (
    <>
      <Select
        label="Origin"
        isLabelHidden
        value={params.origin ?? ""}
        onValueChange={(value) => onChange({ origin: one(transactionOrigins, value) })}
        options={[any("Any origin"), ...transactionOrigins.map((value) => ({ value, label: value }))]}
      />
      <CommitInput
        label="Currency"
        placeholder="Currency"
        maxLength={3}
        value={params.currency ?? ""}
        onCommit={(currency) => onChange({ currency: currency.trim().toUpperCase() || null })}
      />
      <CommitInput
        label="Amount from"
        placeholder="Amount from"
        inputMode="decimal"
        value={params.min === null ? "" : String(params.min)}
        onCommit={(text) => onChange({ min: number(text) })}
      />
      <CommitInput
        label="Amount to"
        placeholder="Amount to"
        inputMode="decimal"
        value={params.max === null ? "" : String(params.max)}
        onCommit={(text) => onChange({ max: number(text) })}
      />
    </>
  );
}

const cleared: Partial<TransactionParams> = {
  q: null,
  outcome: null,
  label: null,
  min: null,
  max: null,
  currency: null,
  channel: null,
  origin: null,
  from: null,
  to: null,
};
