"use client";
import type { ReactNode } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { caseOrigins } from "#server/domain/case-words.ts";
import { originWords } from "../cases/words.ts";
import { AmountFilter } from "./amount-filter.tsx";
import type { QueueParams } from "./search-params.ts";
import { Typed } from "./typed-filter.tsx";

/** A lead sees what masked cases hide, and so what each was opened to learn from. */
const learning = [
  { value: "random", label: "Drawn at random" },
  { value: "active", label: "Active learning" },
] as const;

type MoreFiltersProps = { params: QueueParams; onChange: (change: Partial<QueueParams>) => void };

/** How many of these filters narrow the list. */
export function moreFiltersOn(params: QueueParams): number {
  const { origin, explored, tag, currency, min, score, overdue, escalated } = params;
  return (
    [origin, explored, tag, currency, min, score].filter((value) => value !== null).length +
    Number(overdue) +
    Number(escalated)
  );
}

/** The filters that are used less often. */
export function MoreFilters({ params, onChange }: MoreFiltersProps): ReactNode {
  // Exploration is only useful while those who judge can't tell it apart.
  const isLead = useCan("case:manage");
  const origins = caseOrigins
    .filter((value) => isLead || value !== "exploration")
    .map((value) => ({ value, label: originWords[value] }));
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <FilterSelect
        label="Why it was opened"
        any="Opened for any reason"
        choices={origins}
        value={params.origin}
        onChange={(origin) => onChange({ origin })}
        className="w-52"
      />
      {isLead && (
        <FilterSelect
          label="Opened to learn from"
          any="Learning: any case"
          choices={learning}
          value={params.explored}
          onChange={(explored) => onChange({ explored })}
          className="w-44"
        />
      )}
      <Typed label="Tag" value={params.tag ?? ""} onChange={(tag) => onChange({ tag: tag || null })} />
      <AmountFilter currency={params.currency} min={params.min} onChange={onChange} />
      <Typed
        label="Score from"
        inputMode="decimal"
        value={params.score === null ? "" : String(params.score)}
        onChange={(text) => onChange({ score: shareOf(text) })}
      />
      <Tick label="Past its promise" isOn={params.overdue} onChange={(overdue) => onChange({ overdue })} />
      <Tick label="Escalated" isOn={params.escalated} onChange={(escalated) => onChange({ escalated })} />
    </div>
  );
}

function shareOf(text: string): number | null {
  const value = Number(text.replace(",", "."));
  return text === "" || !(value > 0) ? null : Math.min(1, value);
}

type TickProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void };

function Tick({ label, isOn, onChange }: TickProps): ReactNode {
  return (
    <label className="flex h-8 items-center gap-1.5">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-(--accent)"
      />
      {label}
    </label>
  );
}
