import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import type { Role } from "#server/domain/permission.ts";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ensureActivePolicy } from "#server/services/policy/index.ts";
import {
  activateRules,
  countHits,
  discardDraft,
  readRules,
  ruleFeatures,
  saveDraft,
  testRules,
} from "./index.ts";

let database: TestDatabase;
let clockMs = Date.UTC(2026, 5, 1);
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Lea", role },
  now: () => new Date(clockMs++),
});

const big: Rule = {
  id: "big",
  name: "Big payments",
  condition: "amountMinor >= 500 EUR",
  effect: { kind: "raise", outcome: "review" },
  status: "active",
};
const trusted: Rule = {
  id: "trusted",
  name: "Trusted",
  condition: 'customerId = "cus_1"',
  effect: { kind: "force", outcome: "approve" },
  status: "active",
};

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.ruleSetVersion.deleteMany({ where: { status: "draft" } });
  await database.db.ruleSetVersion.updateMany({ data: { status: "retired" } });
});

const save = (rules: Rule[], expectedUpdatedAt: string | null = null, role: Role = "lead") =>
  saveDraft(as(role), { rules, expectedUpdatedAt });
const activate = ({ id, updatedAt }: { id: string; updatedAt: string }, role: Role = "lead") =>
  activateRules(as(role), { draftId: id, expectedUpdatedAt: updatedAt });

test("a draft is saved, changed and activated, with an audit row each, and scoring servers are told", async () => {
  const draft = await save([big]);
  expect(await readRules(as("viewer"))).toMatchObject({ active: null, draft: { rules: [big] } });
  const changed = await save([big, { ...big, id: "b", name: "Other", status: "monitor" }], draft.updatedAt);
  expect(changed.id).toBe(draft.id);
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  await listener.query(`listen ${SERVING_CHANNEL}`);
  const told = new Promise<string>((resolve) => listener.on("notification", (n) => resolve(n.payload ?? "")));
  const active = await activate(changed);
  expect(await told).toBe(`rules ${active.id}`);
  await listener.end();
  expect(await readRules(as("viewer"))).toMatchObject({
    active: { id: draft.id },
    draft: null,
    troubles: [],
  });
  const audits = await database.db.auditEvent.findMany({
    where: { subjectId: draft.id },
    orderBy: { seq: "asc" },
  });
  expect(audits.map(({ action }) => action)).toEqual(["rule.save", "rule.save", "rule.activate"]);
  const second = await activate(await save([big]));
  const stored = await database.db.ruleSetVersion.findUniqueOrThrow({ where: { id: draft.id } });
  expect([stored.status, second.number]).toEqual(["retired", active.number + 1]);
});

test("what was activated can never be rewritten or deleted", async () => {
  const { id } = await activate(await save([big]));
  const rewriting = database.db.ruleSetVersion.update({ where: { id }, data: { body: { rules: [] } } });
  await expect(rewriting).rejects.toThrow(/never changed/);
  await expect(database.db.ruleSetVersion.delete({ where: { id } })).rejects.toThrow(/never changed/);
});

test("a draft that someone else saved meanwhile is not overwritten, activated or discarded unseen", async () => {
  const draft = await save([big]);
  await save([], draft.updatedAt);
  await expect(save([big], draft.updatedAt)).rejects.toMatchObject({ code: "conflict" });
  await expect(save([big])).rejects.toMatchObject({ code: "conflict" });
  await expect(activate(draft)).rejects.toMatchObject({ code: "conflict" });
  const seen = { draftId: draft.id, expectedUpdatedAt: draft.updatedAt };
  await expect(discardDraft(as("lead"), seen)).rejects.toMatchObject({ code: "conflict" });
});

test("a draft is discarded, and nothing that decides changes", async () => {
  const active = await activate(await save([big]));
  const draft = await save([]);
  await discardDraft(as("lead"), { draftId: draft.id, expectedUpdatedAt: draft.updatedAt });
  expect(await readRules(as("viewer"))).toMatchObject({ active: { id: active.id }, draft: null });
});

test("nonsense is refused with the rule and the place, and so is a card number", async () => {
  await expect(save([{ ...big, condition: "scoer > 0.5" }])).rejects.toMatchObject({
    code: "invalid",
    message: "Big payments, line 1, column 1: There is no field or feature named scoer. Did you mean score?",
  });
  await expect(save([big, big])).rejects.toMatchObject({ code: "invalid" });
  const card = { ...big, condition: 'cardToken = "4111111111111111"' };
  await expect(save([card])).rejects.toMatchObject({ message: expect.stringContaining("card number") });
  expect((await readRules(as("viewer"))).draft).toBeNull();
});

test("analysts may look and test, not change; approving whatever the score needs its own permission", async () => {
  await expect(save([big], null, "analyst")).rejects.toMatchObject({ code: "forbidden" });
  await expect(save([trusted], null, "model_owner")).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("Trusted"),
  });
  const draft = await save([trusted], null, "lead");
  await expect(activate(draft, "model_owner")).rejects.toMatchObject({ code: "forbidden" });
  await activate(draft, "lead");
  // What is in force already may stay while another rule changes.
  const kept = await save([trusted, big], null, "model_owner");
  expect(await activate(kept, "model_owner")).toMatchObject({ rules: [trusted, big] });
});

test("rules may name every feature of the set in service", async () => {
  expect((await ruleFeatures(as("viewer"))).map(({ name }) => name)).toEqual(
    defaultFeatureSet.definitions.map(({ name }) => name),
  );
});

type Stored = { amountMinor: number; score: number | null; fraud?: boolean; rules?: object[]; set?: string };
let made = 0;

async function decision({ amountMinor, score, fraud, rules = [], set }: Stored): Promise<string> {
  const { id: policyVersionId } = await ensureActivePolicy(database.db, new Date(clockMs));
  const id = `pay_${made++}`;
  const at = new Date(clockMs);
  await database.db.transaction.create({
    data: {
      id,
      occurredAt: at,
      amountMinor: BigInt(amountMinor),
      currency: "EUR",
      customerId: "cus_1",
      merchantId: "mer_1",
      requestHash: Buffer.from(id),
    },
  });
  await database.db.decision.create({
    data: {
      transactionId: id,
      occurredAt: at,
      scoredAt: at,
      outcome: "approve",
      score,
      policyVersionId,
      featureSetVersion: set ?? defaultFeatureSet.version,
      features: Buffer.alloc(defaultFeatureSet.definitions.length * 8),
      reasons: [],
      rules,
      propensity: 0,
      expectedLossMinor: 0n,
      amountMinor: BigInt(amountMinor),
      currency: "EUR",
      response: "{}",
    },
  });
  if (fraud !== undefined) {
    const data = { transactionId: id, labelSeq: 1n, recordedAt: at, occurredAt: at, source: "manual" };
    await database.db.effectiveLabel.create({ data: { ...data, label: fraud ? "fraud" : "legitimate" } });
  }
  return id;
}

test("a test on recent decisions counts hits, changes of outcome, and how many hits were fraud", async () => {
  for (const fraud of [true, true, false]) await decision({ amountMinor: 60_000, score: 0.0001, fraud });
  await decision({ amountMinor: 60_000, score: 0.0001 });
  await decision({ amountMinor: 100, score: 0.0001, fraud: false });
  await decision({ amountMinor: 60_000, score: 0.0001, set: "other@1" });
  const rules = [big, { ...big, id: "watch", name: "Watch", status: "monitor" as const }];
  const result = await testRules(as("analyst"), { rules, last: 100 });
  expect(result).toMatchObject({ decisions: 5, leftOut: 1 });
  expect(result.rules).toEqual([
    { id: "big", hits: 4, labelled: 3, frauds: 2 },
    { id: "watch", hits: 4, labelled: 3, frauds: 2 },
  ]);
  expect(result.changes).toEqual([{ from: "approve", to: "review", count: 4 }]);
  expect((await testRules(as("analyst"), { rules, last: 2 })).decisions).toBe(1);
  await activate(await save(rules));
  expect((await testRules(as("analyst"), { rules, last: 100 })).changes).toEqual([]);
});

test("hits of the last 24 hours are counted by rule, older ones not", async () => {
  const hit = { id: "counted", name: "Counted", outcome: "review" };
  await decision({ amountMinor: 1, score: 0.1, rules: [hit] });
  clockMs += 86_400_000 + 60_000;
  await decision({ amountMinor: 1, score: 0.1, rules: [hit, { ...hit, id: "also", monitored: true }] });
  await decision({ amountMinor: 1, score: 0.1, rules: [hit] });
  expect(await countHits(as("viewer"))).toEqual({ hits: { counted: 2, also: 1 }, capped: false });
});
