"use client";
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
import { RowWhy } from "./row-why.tsx";
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
        <Money minor={lossOf(row)} currency={row.currency} />
        {row.masked && row.status === "open" && row.expectedLossMinor !== null && (
          <span
            className="block text-xs leading-4 font-normal text-muted max-md:hidden"
            title="Worked on without its score, so its place is by the amount alone"
          >
            ranks as <Money minor={row.rankMinor} currency={row.currency} />
          </span>
        )}
        <span className="text-xs font-normal text-muted md:hidden">
          {row.expectedLossMinor === null ? " expected loss, " : " at stake of "}
          <Money minor={row.amountMinor + row.joinedAmountMinor} currency={row.currency} />
        </span>
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        <Money minor={row.amountMinor} currency={row.currency} />
        {row.joinedCases > 0 && (
          <span
            className="block text-xs leading-4 text-muted"
            title="What the payments of the cases joined to it come to"
          >
            + <Money minor={row.joinedAmountMinor} currency={row.currency} />
          </span>
        )}
      </td>
      <td className={`${cell} *:align-middle max-md:order-4`}>
        <RowScore row={row} />
      </td>
      <td className={`${cell} w-full max-w-0 max-md:order-1 max-md:col-span-2 max-md:max-w-none`}>
        <RowWhy row={row} isQueueShown={params.queue === null} />
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

/** Of all its payments; null where it is kept back. */
function lossOf({ expectedLossMinor, joinedLossMinor }: CaseRow): number | null {
  if (expectedLossMinor === null || joinedLossMinor === null) return null;
  return expectedLossMinor + joinedLossMinor;
}

function timeOf(row: CaseRow, pile: QueueParams["pile"]): string {
  if (pile === "closed") return row.closedAt ?? row.openedAt;
  return pile === "snoozed" ? (row.snoozedUntil ?? row.openedAt) : row.openedAt;
}
