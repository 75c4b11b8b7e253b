"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import type { QueuePile } from "#server/domain/case.ts";
import type { CaseRow } from "../cases/words.ts";
import { QueueRow } from "./queue-row.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useActiveRow } from "./use-active-row.ts";

const ROW_PX = 40;
/** Space that the sticky headers take when a row is scrolled into view. */
const HEADERS_PX = 110;
const OVERSCAN = 12;

type QueueTableProps = {
  rows: readonly CaseRow[];
  pile: QueuePile;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  onOpen: (id: string) => void;
};

/** The queue's rows: only those in view are in the page, and more are loaded before the end is reached. */
export function QueueTable(props: QueueTableProps): ReactNode {
  const { rows, pile, hasMore, isLoadingMore, onMore, onOpen } = props;
  const canWork = useCan("case:work") && pile === "open";
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: HEADERS_PX,
    scrollPaddingEnd: ROW_PX * 2,
    initialRect: { width: 1024, height: 800 },
  });
  const { activeId, move, activate } = useActiveRow({
    ids: rows.map((row) => row.id),
    body,
    scrollTo: (index) => virtual.scrollToIndex(index),
  });
  const toggle = (id: string): void =>
    setSelected(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  useShortcuts("Rows", [
    { keys: "j", label: "Next row", run: () => move(1) },
    { keys: "k", label: "Row before", run: () => move(-1) },
    { keys: "Enter", label: "Open the case", run: () => activeId !== null && onOpen(activeId) },
    ...(canWork
      ? [{ keys: "x", label: "Select the row", run: () => activeId !== null && toggle(activeId) }]
      : []),
  ]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - OVERSCAN) onMore();
  }, [last, rows.length, hasMore, isLoadingMore, onMore]);
  const before = (items[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);

  return (
    <>
      <table
        className="w-full border-collapse rounded-lg border border-line bg-surface max-md:block"
        aria-rowcount={rows.length}
      >
        <caption className="sr-only">Cases, most urgent first. j and k move, Enter opens, x selects.</caption>
        <QueueHead pile={pile} canSelect={canWork} />
        <tbody ref={body} className="max-md:block">
          {before > 0 && <Gap height={before} />}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <QueueRow
                key={row.id}
                index={item.index}
                measure={virtual.measureElement}
                row={row}
                pile={pile}
                isActive={row.id === activeId || (activeId === null && item.index === 0)}
                isSelected={selected.has(row.id)}
                onSelect={canWork ? () => toggle(row.id) : null}
                onFocus={() => activate(row.id)}
                onOpen={() => onOpen(row.id)}
              />
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      {canWork && <SelectionBar rows={rows} selected={selected} onClear={() => setSelected(new Set())} />}
    </>
  );
}

/** Stands for the rows that are out of view. */
function Gap({ height }: { height: number }): ReactNode {
  return (
    <tr className="max-md:block">
      <td style={{ height }} className="p-0 max-md:block" />
    </tr>
  );
}

function QueueHead({ pile, canSelect }: { pile: QueueTableProps["pile"]; canSelect: boolean }): ReactNode {
  const cell = "h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted";
  return (
    <thead className="bg-surface max-md:hidden md:sticky md:top-[61px] md:z-10 md:shadow-[inset_0_-1px_var(--line)]">
      <tr>
        {canSelect && (
          <th scope="col" className="w-9 pl-3">
            <span className="sr-only">Selected</span>
          </th>
        )}
        <th scope="col" className={`${cell} w-28 text-right`}>
          Expected loss
        </th>
        <th scope="col" className={`${cell} w-28 text-right`}>
          Amount
        </th>
        <th scope="col" className={`${cell} w-32`}>
          Score
        </th>
        <th scope="col" className={cell}>
          Why
        </th>
        <th scope="col" className={`${cell} w-32`}>
          Customer
        </th>
        <th scope="col" className={`${cell} w-24 text-right`}>
          {pile === "closed" ? "Closed" : pile === "snoozed" ? "Returns" : "Age"}
        </th>
        <th scope="col" className={`${cell} w-32`}>
          {pile === "closed" ? "Verdict" : "Who has it"}
        </th>
      </tr>
    </thead>
  );
}
