import { expect, test } from "vitest";
import type { BinaryArrays } from "./binary-arrays.ts";
import { decided } from "./decided-payment.ts";
import { backfillInserts, liveInserts } from "./decision-rows.ts";
import { handMadeServing } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";
import type { Insert } from "./unnest-insert.ts";

const serving = handMadeServing();
const width = serving.featureSet.definitions.length;
const cases = [
  ["pay_approve", 1_000, 0.001],
  ["pay_review", 60_000, 0.3],
  ["pay_decline", 90_000, 0.97],
] as const;
const payments = cases.map(([id, amountMinor, score]) => {
  const scored = {
    event: paymentEvent({ id, amountMinor, attributes: { note: "gift" } }),
    features: new Float64Array(width),
    score,
    labelCursor: 3,
    scoredAt: new Date("2026-11-20T10:16:00Z"),
    opensCase: true,
  };
  return { ...decided(scored, serving), requestHash: new Uint8Array(32) };
});

/** Gives the values themselves, where they would be written in binary. */
const asValues = {
  write: (_type: string, rows: readonly unknown[], read: (row: unknown) => unknown) => rows.map(read),
} as unknown as BinaryArrays;

function columnOf(inserts: readonly Insert[], table: string, column: string): unknown[] | undefined {
  const insert = inserts.find((one) => one.table === table);
  const place = insert?.columns.findIndex(([name]) => name === column) ?? -1;
  return insert?.encode(place, asValues) as unknown[] | undefined;
}

test("live decisions write payments, decisions, one case per review, and an event per review and decline", () => {
  const inserts = liveInserts(payments);
  expect(columnOf(inserts, "transaction", "id")).toEqual(["pay_approve", "pay_review", "pay_decline"]);
  expect(columnOf(inserts, "transaction", "attributes")).toEqual(Array(3).fill('{"note":"gift"}'));
  expect(columnOf(inserts, "decision", "outcome")).toEqual(["approve", "review", "decline"]);
  expect(columnOf(inserts, "decision", "origin")).toBe("live");
  expect(columnOf(inserts, "decision", "label_cursor")).toEqual([3, 3, 3]);
  expect(columnOf(inserts, "case", "transaction_id")).toEqual(["pay_review"]);
  expect(columnOf(inserts, "case", "id")).toEqual(columnOf(inserts, "case_event", "case_id"));
  expect(columnOf(inserts, "outbox_event", "type")).toEqual(["decision.review", "decision.decline"]);
});

test("where a canary decides some, every row names its own models", () => {
  const other = { ...handMadeServing(), champion: null };
  const rows = payments.map((payment, i) => (i === 1 ? { ...payment, serving: other } : payment));
  expect(columnOf(liveInserts(rows, true), "decision", "model_version_id")).toEqual([
    "model-1",
    null,
    "model-1",
  ]);
  expect(columnOf(liveInserts(rows), "decision", "model_version_id")).toBe("model-1");
});

test("a decision names its rules, lists and challenger, and a case the rule that sent it", () => {
  const hit = { id: "r", name: "Many cards", outcome: "review" as const };
  const watched = { id: "w", name: "Watching", outcome: "decline" as const, monitored: true as const };
  const [approved, reviewed] = payments;
  if (approved === undefined || reviewed === undefined) throw new Error("no payments");
  const version = {
    ...serving,
    ruleSet: { ...serving.ruleSet, ruleSetVersionId: "rules-1" },
    lists: { ...serving.lists, revision: 4 },
    challenger: { modelVersionId: "model-2", artifactHash: "", scorer: serving.champion?.scorer ?? never() },
  };
  const byRule = { ...reviewed.decision, hits: [watched, hit], caseOrigin: "rule" as const };
  const inserts = liveInserts([
    { ...approved, serving: version, challengerScore: 0.4 },
    { ...reviewed, serving: version, decision: byRule },
  ]);
  const decision = (column: string) => columnOf(inserts, "decision", column);
  expect([decision("rule_set_version_id"), decision("challenger_version_id")]).toEqual([
    "rules-1",
    "model-2",
  ]);
  expect(decision("list_revision")).toBe("4");
  expect(decision("rules")).toEqual(["[]", JSON.stringify([watched, hit])]);
  expect(decision("challenger_score")).toEqual([0.4, null]);
  expect(columnOf(inserts, "case", "top_reason")).toEqual(["Rule: Many cards"]);
  const history = backfillInserts([{ ...approved, serving: version }]);
  expect(columnOf(history, "decision", "challenger_version_id")).toBeNull();
  expect(columnOf(history, "decision", "rule_set_version_id")).toBe("rules-1");
});

function never(): never {
  throw new Error("no champion");
}

test("decisions on history write no payments and tell nobody", () => {
  const inserts = backfillInserts(payments);
  expect(inserts.map((insert) => insert.table)).toEqual(["decision", "case", "case_event"]);
  expect(columnOf(inserts, "decision", "origin")).toBe("backfill");
});

test("the same statement serves whatever is decided, so that it can be prepared", () => {
  const shape = (inserts: readonly Insert[]) => inserts.map(({ table, columns }) => [table, columns]);
  expect(shape(liveInserts([]))).toEqual(shape(liveInserts(payments)));
});

test("a masked case is marked so and ranks by its amount, whatever its score", () => {
  const { active } = serving;
  const exploration = { ...active.policy.exploration, maskedShare: 1 };
  const blind = { ...serving, active: { ...active, policy: { ...active.policy, exploration } } };
  const rowsOf = (score: number, version: typeof serving): Insert[] => {
    const event = paymentEvent({ id: "pay_blind", amountMinor: 60_000 });
    const scoredAt = new Date("2026-11-20T10:16:00Z");
    const scored = {
      event,
      features: new Float64Array(width),
      score,
      labelCursor: 0,
      scoredAt,
      opensCase: true,
    };
    return backfillInserts([decided(scored, version)]);
  };
  const told = (column: string, inserts: Insert[]) => columnOf(inserts, "case", column);
  expect(told("masked", rowsOf(0.3, blind))).toEqual([true]);
  expect(told("rank_minor", rowsOf(0.3, blind))).toEqual(told("rank_minor", rowsOf(0.25, blind)));
  expect(told("masked", rowsOf(0.25, serving))).toEqual([false]);
  expect(told("rank_minor", rowsOf(0.25, serving))).toEqual(
    told("expected_loss_minor", rowsOf(0.25, serving)),
  );
});
