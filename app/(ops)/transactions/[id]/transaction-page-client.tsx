"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { score } from "#app/format/number.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { outcomeLook } from "#app/ui/outcome-badge.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { TransactionDetails } from "../transaction-details.tsx";
import type { TransactionDetail } from "../types.ts";

export function TransactionPageClient({ id }: { id: string }): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.transaction.detail.queryOptions(id));
  return (
    <>
      <PageHeader
        title={<span className="break-all">{id}</span>}
        reading={data === undefined ? null : readingOf(data)}
      />
      <PageBody>
        <Card className="max-w-5xl">
          {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows />}
          {data !== undefined && <TransactionDetails transaction={data} />}
        </Card>
      </PageBody>
    </>
  );
}

function readingOf({ amountMinor, currency, decision }: TransactionDetail): string {
  const amount = money(amountMinor, currency);
  if (decision === null) return `${amount}, never decided.`;
  const word = outcomeLook[decision.outcome].word.toLowerCase();
  return decision.score === null
    ? `${amount}: ${word}, without a score.`
    : `${amount}: ${word}, score ${score(decision.score)}.`;
}
