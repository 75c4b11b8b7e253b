export {
  getTransaction,
  type TransactionDecision,
  type TransactionDetail,
  type TransactionLabel,
} from "./get-transaction.ts";
export { listTransactions, type TransactionPage } from "./list-transactions.ts";
export { ListTransactionsInput, type TransactionFilter } from "./transaction-filter.ts";
export type { TransactionRow } from "./transaction-row.ts";
