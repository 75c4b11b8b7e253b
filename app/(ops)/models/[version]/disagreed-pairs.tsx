"use client";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { count, percent } from "#app/format/number.ts";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import type { Agreement } from "../types.ts";

type Pair = Agreement["disagreed"][number] & { readonly compared: number };
type DisagreedPairsProps = { pairs: Agreement["disagreed"]; compared: number; number: number };

/** Disagreements by what each model would do, what is most at stake first. */
export function DisagreedPairs({ pairs, compared, number }: DisagreedPairsProps): ReactNode {
  return (
    <DataTable
      caption="Disagreements by outcome"
      columns={columnsFor(number)}
      rows={pairs.map((pair) => ({ ...pair, compared }))}
      rowKey={(pair) => `${pair.championOutcome} ${pair.versionOutcome}`}
    />
  );
}

const column = columnsOf<Pair>();

const columnsFor = (number: number) =>
  column.columns([
    column.accessor("championOutcome", {
      header: "Champion",
      cell: ({ getValue }) => <OutcomeBadge outcome={getValue()} />,
    }),
    column.accessor("versionOutcome", {
      header: `Version ${number}`,
      cell: ({ getValue }) => <OutcomeBadge outcome={getValue()} />,
    }),
    column.accessor("payments", {
      header: "Payments",
      meta: { align: "end" },
      cell: ({ getValue, row: { original } }) => (
        <span title={`${percent(getValue() / original.compared, 2)} of those that both scored`}>
          {count(getValue())}
        </span>
      ),
    }),
    column.accessor("amountMinor", {
      header: "Amount",
      meta: { align: "end", from: "sm" },
      cell: ({ getValue, row: { original } }) => money(getValue(), original.currency),
    }),
    column.accessor("stakeMinor", {
      header: "At stake",
      meta: { align: "end" },
      cell: ({ getValue, row: { original } }) => money(getValue(), original.currency),
    }),
  ]);
