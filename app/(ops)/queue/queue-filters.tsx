"use client";
import type { ReactNode, RefObject } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Select } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { caseOrigins, dispositions, queuePiles } from "#server/domain/case.ts";
import { dispositionLook, originWords } from "../cases/words.ts";
import { bounded } from "./queue-reading.ts";
import { type QueueParams, queueParams } from "./search-params.ts";

const orderOptions = [
  { value: "expected_loss", label: "Most expected loss" },
  { value: "score", label: "Highest score" },
  { value: "amount", label: "Largest amount" },
  { value: "age", label: "Oldest first" },
];
const holders = [
  { value: "free", label: "Nobody's" },
  { value: "mine", label: "Mine" },
] as const;
const verdicts = dispositions.map((value) => ({ value, label: dispositionLook[value].word }));
const pileWords = { open: "Open", snoozed: "Snoozed", held: "Held", closed: "Closed" } as const;

type QueueFiltersProps = {
  params: QueueParams;
  onChange: (change: Partial<QueueParams>) => void;
  counts: { limit: number; open: number; snoozed: number; held: number } | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
};

/** Pile, order and filters; all of it lives in the URL. */
export function QueueFilters({ params, onChange, counts, searchRef }: QueueFiltersProps): ReactNode {
  // Exploration is only useful while those who judge can't tell it apart.
  const isLead = useCan("case:manage");
  const origins = caseOrigins
    .filter((value) => isLead || value !== "exploration")
    .map((value) => ({ value, label: originWords[value] }));
  const isClosed = params.pile === "closed";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset className="flex rounded-md border border-line bg-surface p-0.5">
        <legend className="sr-only">Which cases</legend>
        {queuePiles.map((pile) => (
          <button
            key={pile}
            type="button"
            aria-pressed={params.pile === pile}
            onClick={() => onChange({ pile })}
            className={classNames(
              "h-7 rounded px-2.5 text-muted hover:text-ink",
              "aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent",
            )}
          >
            {pileWords[pile]}
            {counts !== undefined && pile !== "closed" && (
              <span className="ml-1.5">{bounded(counts[pile], counts.limit)}</span>
            )}
          </button>
        ))}
      </fieldset>
      <SearchField value={params.q} onChange={(q) => onChange({ q })} inputRef={searchRef} />
      {!isClosed && (
        <Select
          label="Order"
          isLabelHidden
          options={orderOptions}
          value={params.order}
          onValueChange={(value) => onChange({ order: queueParams.order.parse(value) ?? "expected_loss" })}
          className="w-44 max-sm:min-w-[30%] max-sm:flex-1"
        />
      )}
      {isClosed ? (
        <FilterSelect
          label="Verdict"
          any="Any verdict"
          choices={verdicts}
          value={params.disposition}
          onChange={(disposition) => onChange({ disposition })}
          className="w-36 max-sm:min-w-[30%] max-sm:flex-1"
        />
      ) : (
        <FilterSelect
          label="Who has it"
          any="Anyone's"
          choices={holders}
          value={params.holder}
          onChange={(holder) => onChange({ holder })}
          className="w-28 max-sm:min-w-[30%] max-sm:flex-1"
        />
      )}
      <FilterSelect
        label="Why it was opened"
        any="Any reason"
        choices={origins}
        value={params.origin}
        onChange={(origin) => onChange({ origin })}
        className="w-40 max-sm:min-w-[30%] max-sm:flex-1"
      />
    </div>
  );
}

type SearchFieldProps = {
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
};

/** Searches when the typing pauses; Escape gives the keys back to the table. */
function SearchField({ value, onChange, inputRef }: SearchFieldProps): ReactNode {
  const [text, setText] = useTypedText(value, onChange);
  return (
    <input
      ref={inputRef}
      type="search"
      aria-label="Search by customer, merchant, payment or case number"
      placeholder="Customer, merchant, payment, #case   /"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      className="h-8 min-w-56 flex-1 rounded-md max-sm:basis-full border border-line-strong/60 bg-surface px-2 placeholder:text-faint"
    />
  );
}
