"use client";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import type { QueueOrder } from "#server/domain/case.ts";
import type { CaseRow } from "../cases/words.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { QueueHead } from "./queue-head.tsx";
import { QueueRow } from "./queue-row.tsx";
import { filterOf, type QueueParams } from "./search-params.ts";
import { useActiveRow } from "./use-active-row.ts";
import { useRowWindow } from "./use-row-window.ts";
import { useRowsNow } from "./use-rows-now.ts";
import { useSelection } from "./use-selection.ts";

type QueueTableProps = {
  rows: readonly CaseRow[];
  params: QueueParams;
  /** of the list; another one begins without a selection */
  listKey: string;
  /** how many match, as far as they were counted; null when that many or more */
  total: number | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  onOpen: (id: string) => void;
  onOrder: (order: QueueOrder) => void;
};

/** The queue's rows: only those in view are in the page, and more are loaded before the end is reached. */
export function QueueTable(props: QueueTableProps): ReactNode {
  const { rows, params, listKey, total, hasMore, isLoadingMore, onMore, onOpen, onOrder } = props;
  const canSelect = useCan("case:work");
  const body = useRef<HTMLTableSectionElement>(null);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const rowInUrl = useSearchParams().get("row");
  const [lastActive, setLastActive] = useState(rowInUrl);
  const shown = useRowWindow(rows.length, body);
  const { latest, lookAgain } = useRowsNow(ids.slice(...shown.steps));
  const { activeId, move, activate, refocus } = useActiveRow({
    ids,
    body,
    activeId: lastActive,
    onActive: setLastActive,
    scrollTo: shown.scrollTo,
  });
  const { selection, toggle, extendTo, selectAll, clear } = useSelection(listKey, ids);
  const open = (id: string): void => {
    rememberRow(id);
    onOpen(id);
  };
  const extend = (step: number): void => {
    if (activeId !== null && selection.ids.size === 0) toggle(activeId);
    const id = move(step);
    if (id !== null) extendTo(id);
  };
  useShortcuts("Rows", [
    { keys: "j", label: "Next row", run: () => void move(1) },
    { keys: "k", label: "Row before", run: () => void move(-1) },
    { keys: "Enter", label: "Open the case", run: () => activeId !== null && open(activeId) },
    ...(canSelect
      ? [
          { keys: "x", label: "Select the row", run: () => activeId !== null && toggle(activeId) },
          { keys: "X", label: "Select up to this row", run: () => activeId !== null && extendTo(activeId) },
          { keys: "J", label: "Select downwards", run: () => extend(1) },
          { keys: "K", label: "Select upwards", run: () => extend(-1) },
        ]
      : []),
  ]);
  useEffect(() => {
    if (hasMore && !isLoadingMore && shown.isNearEnd) onMore();
  }, [shown.isNearEnd, hasMore, isLoadingMore, onMore]);

  return (
    <>
      <table
        className="w-full border-collapse rounded-lg border border-line bg-surface max-md:block"
        aria-rowcount={hasMore ? (total ?? -2) + 1 : rows.length + 1}
      >
        <caption className="sr-only">Cases, most urgent first. j and k move, Enter opens, x selects.</caption>
        <QueueHead pile={params.pile} order={params.order} onOrder={onOrder} canSelect={canSelect} />
        <tbody ref={body} className="max-md:block">
          {shown.before > 0 && <Gap height={shown.before} />}
          {rows.slice(shown.first, shown.end).map((row, place) => (
            <QueueRow
              key={row.id}
              index={shown.first + place}
              row={latest(row)}
              params={params}
              isActive={row.id === activeId || (activeId === null && shown.first + place === 0)}
              isSelected={selection.isAll || selection.ids.has(row.id)}
              onSelect={canSelect ? (isRange) => (isRange ? extendTo(row.id) : toggle(row.id)) : null}
              onFocus={() => activate(row.id)}
              onOpen={() => open(row.id)}
            />
          ))}
          {shown.after > 0 && <Gap height={shown.after} />}
        </tbody>
      </table>
      {canSelect && (
        <BulkBar
          rows={rows}
          selection={selection}
          pile={params.pile}
          filter={filterOf(params)}
          total={hasMore ? total : rows.length}
          onSelectAll={selectAll}
          onClear={clear}
          onChanged={lookAgain}
          onLeave={refocus}
        />
      )}
    </>
  );
}

/** The row that is left is kept in the address, so that going back comes to it; before leaving, never while it goes on. */
function rememberRow(id: string): void {
  const address = new URL(window.location.href);
  address.searchParams.set("row", id);
  window.history.replaceState(null, "", address);
}

/** Stands for the rows that are out of view. */
function Gap({ height }: { height: number }): ReactNode {
  return (
    <tr className="max-md:block">
      <td style={{ height }} className="p-0 max-md:block" />
    </tr>
  );
}
