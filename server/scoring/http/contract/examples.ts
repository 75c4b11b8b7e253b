import type { Problem } from "#server/domain/problem.ts";
import type { LabelRequest, LabelResponse, ScoreRequest, ScoreResponse } from "#server/domain/transaction.ts";
import { problemOf } from "../../problems.ts";

const payment = {
  id: "pay_1001",
  occurredAt: "2026-11-21T01:46:45Z",
  amountMinor: 129900,
  currency: "EUR",
  customerId: "cus_81",
  merchantId: "mer_7",
  cardToken: "card_x9",
  deviceId: "dev_3",
  ip: "203.0.113.9",
  channel: "ecommerce",
  country: "DE",
  attributes: { avsMatch: false, basketItems: 3 },
} as const satisfies ScoreRequest;

const decision: ScoreResponse = {
  transactionId: "pay_1001",
  score: 0.28068419855640697,
  outcome: "review",
  reasons: [
    { code: "hour_of_day", text: "Paid at 01:46 UTC", contribution: 1.0769545798568902 },
    {
      code: "customer_country_seen_before",
      text: "First payment of this customer in DE",
      contribution: 0.8621347897629502,
    },
  ],
  rules: [],
  caseId: "01a1fbc8-d588-7333-bee0-3acc91d101db",
  modelVersion: "01a1fbc7-eb06-72db-bf54-4a2d519d777f",
  policyVersion: "01a1fbc6-ffde-7499-bcb5-0fc897cc1da8",
  featureSetVersion: "default@4d4ab2b26be4",
  scoredAt: "2026-11-21T01:46:45.512Z",
};

const approval: ScoreResponse = {
  ...decision,
  transactionId: "pay_1004",
  score: 0.0004,
  outcome: "approve",
  reasons: [],
  caseId: null,
};

const invalid: Problem = problemOf("invalid", [
  { path: "/amountMinor", message: "Too small: expected number to be >=0" },
]);

const label: LabelRequest = {
  transactionId: "pay_1001",
  label: "fraud",
  source: "chargeback",
  occurredAt: "2026-11-21T01:46:45Z",
};

const recorded: LabelResponse = {
  transactionId: "pay_1001",
  label: "fraud",
  source: "chargeback",
  occurredAt: "2026-11-21T01:46:45.000Z",
  recordedAt: "2026-11-21T01:46:45.953Z",
};

/** What requests and answers look like. Tests check each against its schema. */
export const examples = {
  payment,
  decision,
  batch: [
    { ...payment, id: "pay_1004", amountMinor: 4999 },
    { ...payment, id: "pay_1005", amountMinor: -1 },
  ],
  batchResults: [approval, invalid],
  label,
  recorded,
  invalid,
  cardData: problemOf("cardData", [
    { path: "/attributes/note", message: "looks like a card number; send a token instead" },
  ]),
} as const;
