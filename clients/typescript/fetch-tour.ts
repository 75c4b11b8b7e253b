import type { ScoreRequest } from "#server/domain/transaction.ts";
import { AssayClient, AssayError } from "./fetch-client.ts";

// ASSAY=http://localhost:3001 ASSAY_KEY=assay_… node clients/typescript/fetch-tour.ts
const { ASSAY = "http://localhost:3001", ASSAY_KEY = "" } = process.env;
const assay = new AssayClient({ url: ASSAY, key: ASSAY_KEY });

const id = `pay_fetch_${Date.now().toString(36)}`;
const payment: ScoreRequest = {
  id,
  occurredAt: new Date().toISOString(),
  amountMinor: 129_900,
  currency: "EUR",
  customerId: "cus_81",
  merchantId: "mer_7",
};

const decision = await assay.score(payment);
console.log("decision:", decision.outcome, decision.score);

const again = await assay.score(payment);
console.log(
  "sent again:",
  JSON.stringify(again) === JSON.stringify(decision) ? "the same answer" : "another answer",
);

const results = await assay.scoreBatch([
  { ...payment, id: `${id}_2`, amountMinor: 4_999 },
  { ...payment, id: `${id}_3`, amountMinor: -1 },
]);
for (const result of results) {
  if ("outcome" in result) console.log("batch:", result.transactionId, result.outcome);
  else console.log("batch:", result.status, result.errors);
}

const read = await assay.transaction(id);
console.log(
  "read back:",
  JSON.stringify(read) === JSON.stringify(decision) ? "the same answer" : "another answer",
);

const label = await assay.recordLabel({
  transactionId: id,
  label: "fraud",
  source: "chargeback",
  occurredAt: new Date().toISOString(),
});
console.log("label:", label.label, label.recordedAt);

try {
  await assay.transaction(`${id}_unknown`);
} catch (error) {
  if (!(error instanceof AssayError)) throw error;
  console.log("refusal:", error.problem.status, error.problem.type);
}
