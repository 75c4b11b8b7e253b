import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { TransactionPageClient } from "./transaction-page-client.tsx";

export const metadata: Metadata = { title: "Payment" };

type TransactionPageProps = { params: Promise<{ id: string }> };

export default async function TransactionPage({ params }: TransactionPageProps): Promise<ReactNode> {
  const id = decodeURIComponent((await params).id);
  await prefetch(trpc.transaction.detail.queryOptions(id));
  return (
    <HydrateClient>
      <TransactionPageClient id={id} />
    </HydrateClient>
  );
}
