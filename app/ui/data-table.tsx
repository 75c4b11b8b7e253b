"use client";
import {
  type ColumnDef,
  createColumnHelper,
  metaHelper,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Fragment, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";
import { classNames } from "./class-names.ts";

type ColumnMeta = {
  /** figures stand at the end */
  align?: "end";
  /** left out on screens narrower than this */
  from?: "sm" | "md" | "lg" | "xl";
};

const features = tableFeatures({ columnMeta: metaHelper<ColumnMeta>() });

/** `columnsOf<Row>()` gives TanStack's column helper for rows of that type; call its `.columns([...])`. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>();
}

/** The columns of a table, as `columnsOf<Row>().columns([...])` makes them. */
export type TableColumns<Row extends RowData> = readonly ColumnDef<typeof features, Row, unknown>[];

type DataTableProps<Row extends RowData> = {
  /** what the table holds, for people who can't see it */
  caption: string;
  columns: TableColumns<Row>;
  rows: Row[];
  rowKey: (row: Row) => string;
  /** enter or click opens; modified clicks are left to links in the cells */
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  /** heads each run of rows that share it; null heads none */
  groupOf?: (row: Row) => string | null;
};

const fromClass = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
} as const;

/** A dense table. With `onOpen`, rows take focus: j/k and arrows move, Home and End jump, Enter opens. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>): ReactNode {
  const { caption, columns, rows, rowKey, onOpen, selectedKey = null, groupOf = () => null } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const table = useTable({ features, columns, data: rows, getRowId: rowKey });
  const cellClass = (meta: ColumnMeta | undefined): string =>
    classNames(meta?.align === "end" && "text-right", meta?.from !== undefined && fromClass[meta.from]);

  return (
    <div className="overflow-x-auto" {...(onOpen === undefined ? reachable(caption) : {})}>
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-b border-line">
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={classNames(
                    "h-9 px-3 text-left text-xs first:pl-4 last:pr-4 font-medium whitespace-nowrap text-muted",
                    cellClass(header.column.columnDef.meta),
                  )}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
          {table.getRowModel().rows.map((row, index, all) => (
            <Fragment key={row.id}>
              <GroupHead
                group={groupOf(row.original)}
                before={groupBefore(all[index - 1], groupOf)}
                span={columns.length}
              />
              <tr
                {...(onOpen === undefined ? {} : openable(() => onOpen(row.original), index === 0))}
                aria-current={row.id === selectedKey ? "true" : undefined}
                className={classNames(
                  "border-b border-line last:border-0",
                  onOpen !== undefined &&
                    "cursor-pointer hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2",
                  row.id === selectedKey && "bg-accent-soft",
                )}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={classNames(
                      "h-9 px-3 whitespace-nowrap first:pl-4 last:pr-4",
                      cellClass(cell.column.columnDef.meta),
                    )}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rows that take no focus still have to be scrolled to by keyboard where the table is wider than the screen. */
function reachable(caption: string) {
  return { role: "region", "aria-label": caption, tabIndex: 0 };
}

function groupBefore<Row>(
  row: { original: Row } | undefined,
  groupOf: (row: Row) => string | null,
): string | null {
  return row === undefined ? null : groupOf(row.original);
}

type GroupHeadProps = { group: string | null; before: string | null; span: number };

/** Across the whole table, where a group begins. */
function GroupHead({ group, before, span }: GroupHeadProps): ReactNode {
  if (group === null || group === before) return null;
  return (
    <tr className="border-b border-line bg-sunken">
      <th scope="colgroup" colSpan={span} className="h-8 px-4 text-left text-xs font-semibold">
        {group}
      </th>
    </tr>
  );
}

function openable(open: () => void, isFirst: boolean) {
  return {
    tabIndex: isFirst ? 0 : -1,
    onClick: (event: MouseEvent<HTMLTableRowElement>) => {
      if (!(event.target instanceof Element) || event.target.closest("a, button, input") === null) open();
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.key !== "Enter" || event.target !== event.currentTarget) return;
      event.preventDefault(); // else this very key press would push what opening brings into focus
      open();
    },
  };
}

function moveFocus(event: KeyboardEvent, body: HTMLElement | null): void {
  if (body === null || event.metaKey || event.ctrlKey || event.altKey) return;
  const rows = [...body.querySelectorAll<HTMLElement>("tr[tabindex]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const target = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[
    event.key
  ];
  if (at === -1 || target === undefined) return;
  const row = rows[Math.min(Math.max(target, 0), rows.length - 1)];
  if (row === undefined) return;
  event.preventDefault();
  for (const other of rows) other.tabIndex = other === row ? 0 : -1;
  row.focus();
}
