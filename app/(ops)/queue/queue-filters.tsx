"use client";
import { type ReactNode, type RefObject, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Select } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { dispositions, queuePiles } from "#server/domain/case-words.ts";
import { dispositionLook } from "../cases/words.ts";
import { HolderFilter } from "./holder-filter.tsx";
import { MoreFilters, moreFiltersOn } from "./more-filters.tsx";
import { bounded } from "./queue-reading.ts";
import { type QueueParams, queueParams } from "./search-params.ts";

export const orderOptions = [
  { value: "expected_loss", label: "Most expected loss" },
  { value: "due", label: "Least time left" },
  { value: "score", label: "Highest score" },
  { value: "amount", label: "Largest amount" },
  { value: "age", label: "Oldest first" },
] as const;
const verdicts = dispositions.map((value) => ({ value, label: dispositionLook[value].word }));
const pileWords = { open: "Open", snoozed: "Snoozed", held: "Held", closed: "Closed" } as const;

type Counts = { limit: number; matching: number; open: number; snoozed: number; held: number };

type QueueFiltersProps = {
  params: QueueParams;
  onChange: (change: Partial<QueueParams>) => void;
  counts: Counts | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
};

const narrow = "max-sm:min-w-[30%] max-sm:flex-1";

/** Pile, order and filters; all of it lives in the URL. */
export function QueueFilters({ params, onChange, counts, searchRef }: QueueFiltersProps): ReactNode {
  const on = moreFiltersOn(params);
  const [isOpen, setOpen] = useState(on > 0);
  const isClosed = params.pile === "closed";
  return (
    <div className="space-y-2">
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
              <span className="ml-1.5">{pileCount(pile, params, counts)}</span>
            </button>
          ))}
        </fieldset>
        <SearchField value={params.q} onChange={(q) => onChange({ q })} inputRef={searchRef} />
        {isClosed ? (
          <FilterSelect
            label="Verdict"
            any="Any verdict"
            choices={verdicts}
            value={params.disposition}
            onChange={(disposition) => onChange({ disposition })}
            className={`w-36 ${narrow}`}
          />
        ) : (
          <>
            <Select
              label="Order"
              isLabelHidden
              options={orderOptions}
              value={params.order}
              onValueChange={(value) =>
                onChange({ order: queueParams.order.parse(value) ?? "expected_loss" })
              }
              className={`w-44 ${narrow}`}
            />
            <HolderFilter
              value={params.holder}
              onChange={(holder) => onChange({ holder })}
              className={`w-32 ${narrow}`}
            />
          </>
        )}
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          More filters{on > 0 && ` (${on})`}
        </Button>
      </div>
      {isOpen && <MoreFilters params={params} onChange={onChange} />}
    </div>
  );
}

/** With filters, only of the pile that is shown is known how many match. */
function pileCount(
  pile: QueueParams["pile"],
  params: QueueParams,
  counts: Counts | undefined,
): string | null {
  if (counts === undefined) return null;
  if (pile === params.pile) return bounded(counts.matching, counts.limit);
  return pile === "closed" || params.queue !== null ? null : bounded(counts[pile], counts.limit);
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
