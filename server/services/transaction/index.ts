export { requireSight } from "./blind-to.ts";
export { getTransaction } from "./get-transaction.ts";
export { listTransactions } from "./list-transactions.ts";
export { ListTransactionsInput } from "./transaction-filter.ts";
