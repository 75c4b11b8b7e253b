import { standInLossMinor } from "#server/domain/masking.ts";
import { policyFor } from "#server/domain/policy.ts";
import type { DecidedPayment } from "./decided-payment.ts";
import type { Decision } from "./decision.ts";
import { type Column, type Insert, insertOf } from "./unnest-insert.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** A decided payment that arrived over the API, with the hash of its body. */
export type NewPayment = DecidedPayment & { readonly requestHash: Uint8Array };

const transactionColumns: readonly Column<NewPayment>[] = [
  ["id", "text", (p) => p.event.id],
  ["occurred_at", "timestamptz", (p) => p.event.occurredAtMs],
  ["received_at", "timestamptz", (p) => p.scoredAt.getTime()],
  ["amount_minor", "bigint", (p) => p.event.amountMinor],
  ["currency", "text", (p) => p.event.currency],
  ["customer_id", "text", (p) => p.event.customerId],
  ["merchant_id", "text", (p) => p.event.merchantId],
  ["card_token", "text", (p) => p.event.cardToken],
  ["device_id", "text", (p) => p.event.deviceId],
  ["ip", "text", (p) => p.event.ip],
  ["merchant_category", "text", (p) => p.event.merchantCategory],
  ["channel", "text", (p) => p.event.channel],
  ["country", "text", (p) => p.event.country],
  ["latitude", "float8", (p) => p.event.latitude],
  ["longitude", "float8", (p) => p.event.longitude],
  ["attributes", "jsonb", (p) => JSON.stringify(p.event.attributes)],
  ["request_hash", "bytea", (p) => p.requestHash],
  ["origin", "text", () => "api", "shared"],
];

const decisionColumns = (origin: "live" | "backfill"): readonly Column<DecidedPayment>[] => [
  ["transaction_id", "text", (p) => p.event.id],
  ["occurred_at", "timestamptz", (p) => p.event.occurredAtMs],
  ["scored_at", "timestamptz", (p) => p.scoredAt.getTime()],
  ["outcome", "text", (p) => p.decision.outcome],
  ["score", "float8", (p) => p.decision.score],
  ["failure", "text", (p) => p.decision.failure],
  ["model_version_id", "text", (p) => p.serving.champion?.modelVersionId ?? null, "shared"],
  ["policy_version_id", "text", (p) => p.serving.active.policyVersionId, "shared"],
  ["rule_set_version_id", "text", (p) => p.serving.ruleSet.ruleSetVersionId, "shared"],
  ["list_revision", "bigint", (p) => p.serving.lists.revision, "shared"],
  ["feature_set_version", "text", (p) => p.serving.featureSet.version, "shared"],
  ["features", "bytea", (p) => p.features],
  ["label_cursor", "bigint", (p) => p.labelCursor],
  ["reasons", "jsonb", (p) => p.reasons],
  ["rules", "jsonb", ({ decision: { hits } }) => (hits.length === 0 ? "[]" : JSON.stringify(hits))],
  // History is not scored in shadow.
  [
    "challenger_version_id",
    "text",
    (p) => (origin === "live" ? (p.serving.challenger?.modelVersionId ?? null) : null),
    "shared",
  ],
  ["challenger_score", "float8", (p) => p.challengerScore],
  ["propensity", "float8", (p) => p.decision.propensity],
  ["exploration", "text", (p) => p.decision.exploration],
  ["expected_loss_minor", "bigint", (p) => p.decision.expectedLossMinor],
  ["amount_minor", "bigint", (p) => p.event.amountMinor],
  ["currency", "text", (p) => p.event.currency],
  ["response", "text", (p) => p.response],
  ["origin", "text", () => origin, "shared"],
];

const caseColumns: readonly Column<DecidedPayment>[] = [
  ["id", "text", (p) => p.caseId],
  ["transaction_id", "text", (p) => p.event.id],
  ["origin", "text", (p) => p.decision.caseOrigin],
  ["opened_at", "timestamptz", (p) => p.scoredAt.getTime()],
  ["expected_loss_minor", "bigint", (p) => p.decision.expectedLossMinor],
  ["rank_minor", "bigint", rankMinor],
  ["masked", "bool", (p) => p.decision.masked],
  ["card_token", "text", (p) => p.event.cardToken],
  ["amount_minor", "bigint", (p) => p.event.amountMinor],
  ["currency", "text", (p) => p.event.currency],
  ["score", "float8", (p) => p.decision.score],
  ["top_reason", "text", (p) => topReason(p.decision)],
  ["customer_id", "text", (p) => p.event.customerId],
  ["merchant_id", "text", (p) => p.event.merchantId],
];

/** A masked case ranks by its amount, because its place in the queue would tell its score. */
function rankMinor({ decision, event, serving }: DecidedPayment): number {
  if (!decision.masked) return decision.expectedLossMinor;
  return standInLossMinor(event.amountMinor, policyFor(serving.active.policy, event).cost);
}

/** What the queue shows: the rule that sent it, else the model's first reason. */
function topReason({ caseOrigin, hits, reasons }: Decision): string | null {
  const rule = caseOrigin === "rule" ? hits.find((hit) => hit.monitored === undefined) : undefined;
  return rule === undefined ? (reasons[0]?.text ?? null) : `Rule: ${rule.name}`;
}

const caseEventColumns: readonly Column<DecidedPayment>[] = [
  ["case_id", "text", (p) => p.caseId],
  ["at", "timestamptz", (p) => p.scoredAt.getTime()],
  ["kind", "text", () => "opened", "shared"],
  ["body", "jsonb", (p) => JSON.stringify({ origin: p.decision.caseOrigin })],
];

const outboxColumns: readonly Column<DecidedPayment>[] = [
  ["id", "text", (p) => uuidV7(p.scoredAt.getTime())],
  ["at", "timestamptz", (p) => p.scoredAt.getTime()],
  ["type", "text", (p) => `decision.${p.decision.outcome}`],
  ["payload", "jsonb", (p) => p.response],
];

/** Where a canary decides some, the models are not the same in every row. */
const mixedColumns = decisionColumns("live").map(
  (column): Column<DecidedPayment> =>
    ["model_version_id", "challenger_version_id"].includes(column[0])
      ? [column[0], column[1], column[2]]
      : column,
);

/**
 * Everything that live decisions write: payments, decisions, cases and the webhooks' events. `isMixed` where two
 * models decided them.
 */
export function liveInserts(payments: readonly NewPayment[], isMixed = false): Insert[] {
  const told = payments.filter((p) => p.decision.outcome !== "approve");
  return [
    insertOf("transaction", transactionColumns, payments),
    insertOf("decision", isMixed ? mixedColumns : decisionColumns("live"), payments),
    ...caseInserts(payments),
    insertOf("outbox_event", outboxColumns, told),
  ];
}

/** What decisions on history write: the payments are there already, and nobody waits to be told. */
export function backfillInserts(payments: readonly DecidedPayment[]): Insert[] {
  return [insertOf("decision", decisionColumns("backfill"), payments), ...caseInserts(payments)];
}

function caseInserts(payments: readonly DecidedPayment[]): Insert[] {
  const cases = payments.filter((p) => p.caseId !== null);
  return [insertOf("case", caseColumns, cases), insertOf("case_event", caseEventColumns, cases)];
}
