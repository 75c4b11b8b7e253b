"use client";
import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { useSession } from "#app/shell/session-context.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Money } from "#app/ui/money.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { ScoreBar } from "#app/ui/score-bar.tsx";
import type { QueuePile } from "#server/domain/case.ts";
import { type CaseRow, dispositionLook } from "../cases/words.ts";

type QueueRowProps = {
  row: CaseRow;
  index: number;
  pile: QueuePile;
  measure: (element: HTMLElement | null) => void;
  isActive: boolean;
  isSelected: boolean;
  onSelect: (() => void) | null;
  onFocus: () => void;
  onOpen: () => void;
};

/** One case; on a phone its cells stand in three short lines. */
export function QueueRow(props: QueueRowProps): ReactNode {
  const { row, index, pile, measure, isActive, isSelected, onSelect, onFocus, onOpen } = props;
  const open = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("a, input, label") === null) onOpen();
  };
  const why = row.topReason ?? "Could not be scored; a person decides";
  const cell = "h-10 px-3 whitespace-nowrap max-md:h-auto max-md:px-0";
  return (
    <tr
      ref={measure}
      data-index={index}
      data-row={row.id}
      tabIndex={isActive ? 0 : -1}
      aria-rowindex={index + 1}
      onFocus={onFocus}
      onClick={open}
      className={classNames(
        "cursor-pointer border-b border-line last:border-0 hover:bg-hover focus:bg-accent-soft focus-visible:-outline-offset-2",
        "max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5",
        isSelected && "bg-accent-soft",
      )}
    >
      {onSelect !== null && (
        <td className="pl-3 max-md:hidden">
          <input
            type="checkbox"
            aria-label={`Select case ${row.number}`}
            checked={isSelected}
            onChange={onSelect}
            tabIndex={-1}
            className="block accent-(--accent)"
          />
        </td>
      )}
      <td className={`${cell} text-right font-semibold max-md:text-left max-md:text-base`}>
        <Money minor={row.expectedLossMinor} currency={row.currency} />
        <span className="text-xs font-normal text-muted md:hidden"> at stake</span>
      </td>
      <td className={`${cell} text-right`}>
        <Money minor={row.amountMinor} currency={row.currency} />
      </td>
      <td className={`${cell} *:align-middle max-md:order-2`}>
        <ScoreBar score={row.score} />
      </td>
      <td className={`${cell} w-full max-w-0 truncate max-md:order-1 max-md:col-span-2 max-md:max-w-none`}>
        <Link
          href={`/cases/${row.id}`}
          tabIndex={-1}
          prefetch={false}
          title={why}
          aria-label={`Case ${row.number}: ${why}`}
          className="hover:underline"
        >
          {why}
        </Link>
      </td>
      <td
        className={`${cell} max-w-32 truncate text-muted max-md:order-3 max-md:text-right`}
        title={row.customerId}
      >
        {row.customerId}
      </td>
      <td className={`${cell} text-right text-muted max-md:order-4 max-md:text-left`}>
        <RelativeTime time={timeOf(row, pile)} />
      </td>
      <td className={`${cell} max-md:order-5 max-md:text-right`}>
        <Holder row={row} />
      </td>
    </tr>
  );
}

function timeOf(row: CaseRow, pile: QueueRowProps["pile"]): string {
  if (pile === "closed") return row.closedAt ?? row.openedAt;
  return pile === "snoozed" ? (row.snoozedUntil ?? row.openedAt) : row.openedAt;
}

function Holder({ row }: { row: CaseRow }): ReactNode {
  const { id } = useSession();
  if (row.disposition !== null) {
    const { word, shape, tone } = dispositionLook[row.disposition];
    return (
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
    );
  }
  if (row.holder === null) return <span className="text-faint max-md:hidden">–</span>;
  return (
    <span title={`until ${row.holder.until.slice(11, 16)} UTC`}>
      {row.holder.id === id ? <Badge tone="accent">You</Badge> : <Badge>{row.holder.name}</Badge>}
    </span>
  );
}
