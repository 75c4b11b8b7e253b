"use client";
import type { ReactNode } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { Input } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { caseOrigins } from "#server/domain/case-words.ts";
import { originWords } from "../cases/words.ts";
import type { QueueParams } from "./search-params.ts";

type MoreFiltersProps = { params: QueueParams; onChange: (change: Partial<QueueParams>) => void };

/** How many of these filters narrow the list. */
export function moreFiltersOn({ origin, tag, min, score, overdue, escalated }: QueueParams): number {
  return (
    [origin, tag, min, score].filter((value) => value !== null).length + Number(overdue) + Number(escalated)
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
        className="w-44"
      />
      <Typed label="Tag" value={params.tag ?? ""} onChange={(tag) => onChange({ tag: tag || null })} />
      <Typed
        label="Amount from"
        inputMode="decimal"
        value={params.min === null ? "" : String(params.min / 100)}
        onChange={(text) => onChange({ min: positive(text, 100) })}
      />
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

function positive(text: string, scale: number): number | null {
  const value = Number(text.replace(",", "."));
  return text === "" || !(value > 0) ? null : Math.round(value * scale);
}

function shareOf(text: string): number | null {
  const value = Number(text.replace(",", "."));
  return text === "" || !(value > 0) ? null : Math.min(1, value);
}

type TypedProps = {
  label: string;
  value: string;
  inputMode?: "decimal";
  onChange: (text: string) => void;
};

function Typed({ label, value, inputMode = undefined, onChange }: TypedProps): ReactNode {
  const [text, setText] = useTypedText(value, onChange);
  return (
    <Input
      label={label}
      {...(inputMode === undefined ? {} : { inputMode })}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="w-28"
    />
  );
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
