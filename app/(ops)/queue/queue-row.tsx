"use client";
import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Money } from "#app/ui/money.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { CaseRow } from "../cases/words.ts";
import { DueMark } from "./due-mark.tsx";
import { RowHolder } from "./row-holder.tsx";
import { RowScore } from "./row-score.tsx";
import { goneWord } from "./row-state.ts";
import type { QueueParams } from "./search-params.ts";

type QueueRowProps = {
  row: CaseRow;
  index: number;
  params: QueueParams;
  isActive: boolean;
  isSelected: boolean;
  onSelect: ((isRange: boolean) => void) | null;
  onFocus: () => void;
  onOpen: () => void;
};

const cell = "px-3 whitespace-nowrap max-md:p-0";

/** One case, of a fixed height; on a phone its cells stand in four short lines. */
export function QueueRow(props: QueueRowProps): ReactNode {
  const { row, index, params, isActive, isSelected, onSelect, onFocus, onOpen } = props;
  const gone = goneWord(row, params, useNow());
  const open = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("a, input, label") === null) onOpen();
  };
  return (
    <tr
      data-row={row.id}
      tabIndex={isActive ? 0 : -1}
      aria-rowindex={index + 2}
      onFocus={onFocus}
      onClick={open}
      className={classNames(
        "h-12 cursor-pointer border-b border-line last:border-0 hover:bg-hover focus:bg-accent-soft focus-visible:-outline-offset-2",
        "max-md:grid max-md:h-[116px] max-md:grid-cols-[1fr_auto] max-md:content-center max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4",
        isSelected && "bg-accent-soft",
        gone !== null && "bg-sunken text-faint",
      )}
    >
      {onSelect !== null && (
        <td className="pl-3 max-md:hidden">
          <input
            type="checkbox"
            aria-label={`Select case ${row.number}`}
            checked={isSelected}
            onClick={(event) => onSelect(event.shiftKey)}
            readOnly
            tabIndex={-1}
            className="block accent-(--accent)"
          />
        </td>
      )}
      <td className={`${cell} text-right font-semibold max-md:order-2 max-md:text-left`}>
        <Money minor={row.expectedLossMinor} currency={row.currency} />
        <span className="text-xs font-normal text-muted md:hidden">
          {row.expectedLossMinor === null ? " expected loss, " : " at stake of "}
          <Money minor={row.amountMinor} currency={row.currency} />
        </span>
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        <Money minor={row.amountMinor} currency={row.currency} />
      </td>
      <td className={`${cell} *:align-middle max-md:order-4`}>
        <RowScore row={row} />
      </td>
      <td className={`${cell} w-full max-w-0 max-md:order-1 max-md:col-span-2 max-md:max-w-none`}>
        <Why row={row} isQueueShown={params.queue === null} />
      </td>
      <td className={`${cell} text-right text-muted max-md:hidden`}>
        <RelativeTime time={timeOf(row, params.pile)} />
      </td>
      <td className={`${cell} max-md:order-3 max-md:text-right`}>
        {params.pile !== "closed" && <DueMark dueAt={row.dueAt} />}
      </td>
      <td className={`${cell} max-w-36 overflow-hidden max-md:order-5 max-md:text-right`}>
        {gone === null ? <RowHolder row={row} /> : <Badge shape="✕">{gone}</Badge>}
      </td>
    </tr>
  );
}

/** Why it waits, and under it whose payment it is, where it lies and what it is marked with. */
function Why({ row, isQueueShown }: { row: CaseRow; isQueueShown: boolean }): ReactNode {
  const why = whyOf(row);
  const names = [row.customerId, `#${row.number}`, isQueueShown ? row.queue?.name : null];
  return (
    <>
      <Link
        href={`/cases/${row.id}`}
        tabIndex={-1}
        prefetch={false}
        title={why}
        aria-label={`Case ${row.number}: ${why}`}
        className="block truncate hover:underline"
      >
        {why}
      </Link>
      <span className="flex items-center gap-1.5 overflow-hidden text-xs text-muted">
        <span className="truncate">{names.filter(Boolean).join(" · ")}</span>
        {row.escalatedAt !== null && (
          <span className="rounded bg-review-soft px-1 text-review">▲ escalated</span>
        )}
        {row.tags.map((tag) => (
          <span key={tag} className="rounded bg-sunken px-1 text-muted">
            {tag}
          </span>
        ))}
      </span>
    </>
  );
}

function whyOf({ topReason, score, masked }: CaseRow): string {
  if (topReason !== null) return topReason;
  if (masked) return "To be judged by the payment and its history alone";
  return score === null ? "Could not be scored; a person decides" : "No single reason stands out";
}

function timeOf(row: CaseRow, pile: QueueParams["pile"]): string {
  if (pile === "closed") return row.closedAt ?? row.openedAt;
  return pile === "snoozed" ? (row.snoozedUntil ?? row.openedAt) : row.openedAt;
}
