import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["transaction"];

export type ListTransactionsInput = inferRouterInputs<AppRouter>["transaction"]["list"];
export type TransactionPage = Outputs["list"];
export type TransactionRow = TransactionPage["rows"][number];
export type TransactionDetail = Outputs["detail"];
export type TransactionDecision = NonNullable<TransactionDetail["decision"]>;
export type TransactionLabel = TransactionDetail["labels"][number];
