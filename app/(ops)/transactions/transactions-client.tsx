"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { plural } from "#app/format/number.ts";
import { clock, day } from "#app/format/time.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { transactionColumns } from "./columns.tsx";
import { filterCount, formatCursor, listInput } from "./list-input.ts";
import { type TransactionParams, transactionParams } from "./search-params.ts";
import { TransactionDrawer } from "./transaction-drawer.tsx";
import { TransactionFilters } from "./transaction-filters.tsx";
import type { TransactionPage } from "./types.ts";

/** Every payment, newest first, found by id or by filters that live in the URL. */
export function TransactionsClient(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(transactionParams, { history: "push" });
  const { open, ...listed } = params;
  const { data, error, refetch, isPlaceholderData } = useQuery(
    trpc.transaction.list.queryOptions(listInput(listed), { placeholderData: keepPreviousData }),
  );
  const change = (changes: Partial<TransactionParams>): void => void setParams({ ...changes, after: null });
  const next = data?.next ?? null;
  const older = (): void => {
    if (next !== null) void setParams({ after: formatCursor(next) });
  };
  useShortcuts("Transactions", [
    { keys: "/", label: "Search", run: focusSearch },
    { keys: "j", label: "Into the list; then j and k move, Enter opens", run: focusFirstRow },
    { keys: "]", label: "Older payments", run: older },
    { keys: "[", label: "Back to the newest", run: () => void setParams({ after: null }) },
  ]);
  const isRestricted = params.q !== null || filterCount(params) > 0;
  return (
    <>
      <PageHeader title="Transactions" reading={readingOf(data, params)} />
      <PageBody>
        <TransactionFilters params={params} onChange={change} />
        <Card padded={false} className={classNames(isPlaceholderData && "opacity-60")}>
          {data === undefined && error === null && <SkeletonRows rows={15} />}
          {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
          {error === null && data?.rows.length === 0 && (
            <Nothing isRestricted={isRestricted} lookedTo={data.lookedTo} />
          )}
          {error === null && data !== undefined && data.rows.length > 0 && (
            <DataTable
              caption="Payments, newest first"
              columns={transactionColumns}
              rows={[...data.rows]}
              rowKey={(row) => row.id}
              onOpen={(row) => void setParams({ open: row.id })}
              selectedKey={open}
            />
          )}
        </Card>
        <nav aria-label="Pages of the list" className="flex justify-end gap-2">
          {params.after !== null && <Button onClick={() => void setParams({ after: null })}>Newest</Button>}
          <Button onClick={older} disabled={next === null}>
            {data?.lookedTo == null ? "Older" : "Look further back"}
          </Button>
        </nav>
      </PageBody>
      <TransactionDrawer id={open} onClose={() => void setParams({ open: null })} />
    </>
  );
}

type NothingProps = { isRestricted: boolean; lookedTo: string | null };

function Nothing({ isRestricted, lookedTo }: NothingProps): ReactNode {
  if (lookedTo !== null) {
    return (
      <EmptyState title={`No payment matches back to ${day(lookedTo)}`} icon="search">
        Older ones were not looked at yet: go on, or name days to look there at once.
      </EmptyState>
    );
  }
  return isRestricted ? (
    <EmptyState title="No payment matches" icon="search">
      Ids must be whole, and all filters apply at once. Clear a filter to see more.
    </EmptyState>
  ) : (
    <EmptyState title="No payment yet" icon="transactions">
      Payments show here as soon as the first is scored: POST /v1/score on the scoring server, or import a
      history with npm run import.
    </EmptyState>
  );
}

function readingOf(page: TransactionPage | undefined, params: TransactionParams): string | null {
  if (page === undefined) return null;
  const [newest] = page.rows;
  const oldest = page.rows.at(-1);
  const looked = page.lookedTo === null ? "" : ` Looked back to ${day(page.lookedTo)}.`;
  if (newest === undefined || oldest === undefined) return `Nothing to show.${looked}`;
  const shown =
    page.next === null && params.after === null
      ? `All ${plural(page.rows.length, "payment")}`
      : plural(page.rows.length, "payment");
  return `${shown}, newest first: ${day(oldest.occurredAt)} ${clock(oldest.occurredAt)} to ${day(newest.occurredAt)} ${clock(newest.occurredAt)} UTC.${looked}`;
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("input[data-search]")?.focus();
}

function focusFirstRow(): void {
  document.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
}
