import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { listInput } from "./list-input.ts";
import { loadTransactionParams } from "./search-params.ts";
import { TransactionsClient } from "./transactions-client.tsx";

export const metadata: Metadata = { title: "Transactions" };

type TransactionsPageProps = { searchParams: Promise<SearchParams> };

export default async function TransactionsPage({ searchParams }: TransactionsPageProps): Promise<ReactNode> {
  await prefetch(trpc.transaction.list.queryOptions(listInput(await loadTransactionParams(searchParams))));
  return (
    <HydrateClient>
      <TransactionsClient />
    </HydrateClient>
  );
}
