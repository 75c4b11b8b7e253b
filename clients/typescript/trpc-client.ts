import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";

// ASSAY=http://localhost:3001 ASSAY_KEY=assay_… node clients/typescript/trpc-client.ts
const { ASSAY = "http://localhost:3001", ASSAY_KEY = "" } = process.env;
const assay = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: `${ASSAY}/trpc`, headers: { authorization: `Bearer ${ASSAY_KEY}` } })],
});

const id = `pay_trpc_${Date.now().toString(36)}`;
const payment = {
  id,
  occurredAt: new Date().toISOString(),
  amountMinor: 129_900,
  currency: "EUR",
  customerId: "cus_81",
  merchantId: "mer_7",
};

const decision = await assay.transaction.score.mutate(payment);
console.log("decision:", decision.outcome, decision.score);

const again = await assay.transaction.score.mutate(payment);
console.log(
  "sent again:",
  JSON.stringify(again) === JSON.stringify(decision) ? "the same answer" : "another answer",
);

const results = await assay.transaction.scoreBatch.mutate([
  { ...payment, id: `${id}_2`, amountMinor: 4_999 },
  { ...payment, id: `${id}_3`, amountMinor: -1 },
]);
for (const result of results) {
  if ("outcome" in result) console.log("batch:", result.transactionId, result.outcome);
  else console.log("batch:", result.status, result.errors);
}

const read = await assay.transaction.byId.query(id);
console.log(
  "read back:",
  JSON.stringify(read) === JSON.stringify(decision) ? "the same answer" : "another answer",
);

const label = await assay.label.record.mutate({
  transactionId: id,
  label: "fraud",
  source: "chargeback",
  occurredAt: new Date().toISOString(),
});
console.log("label:", label.label, label.recordedAt);

try {
  await assay.transaction.byId.query(`${id}_unknown`);
} catch (error) {
  if (!(error instanceof TRPCClientError)) throw error;
  console.log("refusal:", error.data.httpStatus, error.message);
}
