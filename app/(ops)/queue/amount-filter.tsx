"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { amountOf, amountText } from "#app/format/amount-text.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import type { QueueParams } from "./search-params.ts";
import { Typed } from "./typed-filter.tsx";

type AmountFilterProps = Pick<QueueParams, "currency" | "min"> & {
  onChange: (change: Partial<QueueParams>) => void;
};

/** The currency, and from which amount of it on: amounts of different currencies cannot be compared. */
export function AmountFilter({ currency, min, onChange }: AmountFilterProps): ReactNode {
  const trpc = useTRPC();
  const { data: open = [] } = useQuery(trpc.case.currencies.queryOptions(undefined, { staleTime: 60_000 }));
  const codes = currency === null || open.includes(currency) ? open : [...open, currency];
  const without = currency === null;
  return (
    <>
      <FilterSelect
        label="Currency"
        any="Any currency"
        choices={codes.map((code) => ({ value: code, label: code }))}
        value={currency}
        onChange={(picked) => onChange({ currency: picked, min: null })}
        className="w-32"
      />
      <Typed
        label={without ? "Amount from" : `Amount from, ${currency}`}
        inputMode="decimal"
        disabledTitle={without ? "Choose a currency first" : undefined}
        value={without || min === null ? "" : amountText(min, currency)}
        onChange={(text) => onChange({ min: without ? null : amountOf(text, currency) || null })}
      />
    </>
  );
}
