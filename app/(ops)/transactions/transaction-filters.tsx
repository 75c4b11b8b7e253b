"use client";
import { type ReactNode, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { outcomeLook } from "#app/ui/outcome-badge.tsx";
import { labelFilters } from "#server/domain/label.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { channels, transactionOrigins } from "#server/domain/transaction.ts";
import { CommitInput } from "./commit-input.tsx";
import { filterCount, noFilters } from "./list-input.ts";
import type { TransactionParams } from "./search-params.ts";

type TransactionFiltersProps = {
  params: TransactionParams;
  /** goes back to the newest page, since the list is another one */
  onChange: (changes: Partial<TransactionParams>) => void;
};

const labelWords = { fraud: "Fraud", legitimate: "Legitimate", none: "No label" } as const;
const outcomeChoices = outcomes.map((value) => ({ value, label: outcomeLook[value].word }));
const labelChoices = labelFilters.map((value) => ({ value, label: labelWords[value] }));
const channelChoices = channels.map((value) => ({ value, label: value.replaceAll("_", " ") }));
const originChoices = transactionOrigins.map((value) => ({ value, label: value }));

const number = (text: string): number | null => {
  const typed = Number(text.replace(",", "."));
  return text.trim() === "" || Number.isNaN(typed) ? null : typed;
};

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
          <Button look="quiet" onClick={() => onChange(noFilters)}>
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
      <FilterSelect
        label="Outcome"
        any="Any outcome"
        choices={outcomeChoices}
        value={params.outcome}
        onChange={(outcome) => onChange({ outcome })}
      />
      <FilterSelect
        label="Label"
        any="Any label"
        choices={labelChoices}
        value={params.label}
        onChange={(label) => onChange({ label })}
      />
      <FilterSelect
        label="Channel"
        any="Any channel"
        choices={channelChoices}
        value={params.channel}
        onChange={(channel) => onChange({ channel })}
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
      <FilterSelect
        label="Origin"
        any="Any origin"
        choices={originChoices}
        value={params.origin}
        onChange={(origin) => onChange({ origin })}
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
