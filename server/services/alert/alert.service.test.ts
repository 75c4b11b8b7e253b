import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AlertRuleBody } from "#server/domain/alert.ts";
import type { Role } from "#server/domain/permission.ts";
import { contextOf, type SeedUser, seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { changeRetrainingSettings, getRetraining } from "#server/services/retraining/index.ts";
import {
  acknowledgeAlert,
  addDefaultRules,
  changeAlertRule,
  countAlerts,
  createAlertRule,
  evaluateRules,
  ListAlertsInput,
  listAlertRules,
  listAlerts,
  resolveAlert,
  retrainFromAlert,
  silenceAlert,
} from "./index.ts";

const HOUR = 3_600_000;
const start = Date.parse("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let nowMs = start;
const people: Partial<Record<Role, SeedUser>> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  for (const role of ["viewer", "analyst", "lead", "model_owner"] as const) {
    people[role] = await seedUser(database.db, role);
  }
});
afterAll(() => database.drop());
beforeEach(async () => {
  nowMs = start;
  const { db } = database;
  await db.alert.deleteMany();
  await db.alertRule.deleteMany();
  await db.outboxEvent.deleteMany();
  await db.decisionDay.deleteMany();
  await db.case.deleteMany();
});

function as(role: Role): ServiceContext {
  const person = people[role];
  if (person === undefined) throw new Error(role);
  return contextOf(database.db, person, new Date(nowMs));
}
const job = (): ServiceContext => ({
  db: database.db,
  actor: { kind: "job", name: "alerts" },
  now: () => new Date(nowMs),
});

const overdue = AlertRuleBody.parse({
  name: "Overdue",
  series: "overdue_cases",
  kind: "threshold",
  limit: 1,
  severity: "warning",
  cooldownHours: 2,
});

async function overdueCases(count: number): Promise<void> {
  await database.db.case.deleteMany();
  for (let n = 0; n < count; n++) await seedCase(database.db, { dueAt: new Date(start - HOUR) });
}

async function fired(): Promise<string> {
  await createAlertRule(as("lead"), { rule: overdue });
  await overdueCases(2);
  await evaluateRules(job());
  const { rows } = await listAlerts(as("viewer"), ListAlertsInput.parse({}));
  return rows[0]?.id ?? "";
}

test("a rule that fires opens one alert, tells of it once, and resolves it when all is calm", async () => {
  await fired();
  const { rows } = await listAlerts(as("viewer"), ListAlertsInput.parse({}));
  expect(rows).toMatchObject([
    {
      state: "open",
      severity: "warning",
      title: "Overdue",
      says: "Open cases past their promised time is 2, above 1 (2 cases).",
      link: "/queue",
      evidence: { series: "overdue_cases", limit: 1, points: [{ value: 2 }] },
    },
  ]);
  nowMs += 60_000;
  expect(await evaluateRules(job())).toEqual({ checked: 1, opened: 0, resolved: 0 });
  expect(await database.db.outboxEvent.count({ where: { type: "alert.raised" } })).toBe(1);
  expect(await database.db.alert.findFirst()).toMatchObject({ raised: 1, lastSeenAt: new Date(nowMs) });
  await overdueCases(1);
  nowMs += 60_000;
  expect(await evaluateRules(job())).toEqual({ checked: 1, opened: 0, resolved: 1 });
  const resolved = await listAlerts(as("viewer"), ListAlertsInput.parse({ pile: "resolved" }));
  expect(resolved.rows).toMatchObject([{ state: "resolved", resolvedBy: null }]);
});

test("after an alert a rule rests for its cool-down", async () => {
  const alertId = await fired();
  await resolveAlert(as("lead"), { alertId });
  nowMs += HOUR;
  expect((await evaluateRules(job())).opened).toBe(0);
  nowMs += 2 * HOUR;
  expect((await evaluateRules(job())).opened).toBe(1);
});

test("a silenced alert that ended is not raised again before the silence does, and does not count", async () => {
  const alertId = await fired();
  expect(await countAlerts(as("viewer"))).toEqual({ count: 1 });
  await silenceAlert(as("lead"), { alertId, hours: 8 });
  expect(await countAlerts(as("viewer"))).toEqual({ count: 0 });
  await resolveAlert(as("lead"), { alertId });
  nowMs += 5 * HOUR;
  expect((await evaluateRules(job())).opened).toBe(0);
  nowMs += 4 * HOUR;
  expect((await evaluateRules(job())).opened).toBe(1);
});

test("an alert that lasts uses up no numbers", async () => {
  const alertId = await fired();
  for (let minute = 0; minute < 5; minute++) {
    nowMs += 60_000;
    await evaluateRules(job());
  }
  await resolveAlert(as("lead"), { alertId });
  nowMs += 3 * HOUR;
  await evaluateRules(job());
  const numbers = (await database.db.alert.findMany({ orderBy: { number: "asc" } })).map(
    ({ number }) => number,
  );
  expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBe(1);
});

test("two workers open one alert between them", async () => {
  await createAlertRule(as("lead"), { rule: overdue });
  await overdueCases(2);
  await Promise.all([evaluateRules(job()), evaluateRules(job()), evaluateRules(job())]);
  expect(await database.db.alert.count()).toBe(1);
  expect(await database.db.outboxEvent.count()).toBe(1);
});

const share = AlertRuleBody.parse({
  name: "Reviews",
  series: "review_share",
  kind: "change",
  limit: 0.5,
  leastSample: 100,
  severity: "info",
});

async function countDay(day: string, counts: { review: number; approve: number }): Promise<void> {
  for (const [outcome, decisions] of Object.entries(counts)) {
    await database.db.decisionDay.create({
      data: {
        day: new Date(`${day}T00:00:00.000Z`),
        modelVersionId: "m1",
        currency: "EUR",
        outcome,
        decisions,
        amountMinor: 0n,
        expectedLossMinor: 0n,
        scoreSum: 0,
      },
    });
  }
}

test("a share is compared with the same day a week before, from the counts by day", async () => {
  await createAlertRule(as("lead"), { rule: share });
  await countDay("2026-11-12", { review: 100, approve: 9_900 });
  await countDay("2026-11-19", { review: 300, approve: 9_700 });
  await countDay("2026-11-20", { review: 0, approve: 10_000 }); // today is not over
  await evaluateRules(job());
  const alert = await database.db.alert.findFirstOrThrow();
  expect(alert.says).toMatch(/^Share sent to review is 3\.0 %, above 1\.8 % \(10000 payments\)\.$/);
  expect(alert.link).toBe("/transactions?outcome=review&from=2026-11-19&to=2026-11-19");
});

test("a day without payments is an absence, but not before the first payment ever", async () => {
  const rule = AlertRuleBody.parse({
    name: "None",
    series: "scored_payments",
    kind: "absence",
    severity: "critical",
  });
  await createAlertRule(as("lead"), { rule });
  expect((await evaluateRules(job())).opened).toBe(0);
  await countDay("2026-11-18", { review: 1, approve: 99 });
  nowMs += HOUR;
  expect((await evaluateRules(job())).opened).toBe(1);
});

test("every default rule is read without failing on an empty installation, and none fires", async () => {
  expect(await addDefaultRules(database.db, new Date(nowMs))).toBe(14);
  expect(await addDefaultRules(database.db, new Date(nowMs))).toBe(0);
  expect(await evaluateRules(job())).toEqual({ checked: 14, opened: 0, resolved: 0 });
  expect((await listAlertRules(as("viewer"))).filter(({ failure }) => failure !== null)).toEqual([]);
});

test("weeks of drift are judged by what the job of drift found", async () => {
  const { db } = database;
  await db.modelArtifact.create({ data: { hash: "x", bytes: new Uint8Array(0) } });
  const version = await db.modelVersion.create({
    data: {
      family: "logistic_regression",
      status: "champion",
      featureSetName: "default",
      featureSetVersion: "default@1",
      artifactHash: "x",
      createdAt: new Date(start),
      trainedFrom: new Date(start),
      trainedTo: new Date(start),
      metrics: {},
    },
  });
  const series = [
    { name: "estimatedCost", outside: "above" },
    { name: "domainAuc", outside: null },
  ];
  const figures = { estimatedRecall: 0.4, estimatedCost: 80 };
  for (const week of ["2026-11-02", "2026-11-09"]) {
    const body = { enough: true, series, figures, features: [[0.3, 0.1, true, null, 0, 0, 0]] };
    const at = new Date(`${week}T00:00:00.000Z`);
    await db.driftWindow.create({
      data: {
        modelVersionId: version.id,
        week: at,
        phase: "watched",
        rows: 900,
        decisions: 900,
        computedAt: at,
        body,
      },
    });
  }
  for (const name of ["drift_outside", "features_moved"] as const) {
    const rule = AlertRuleBody.parse({ ...overdue, name, series: name, limit: 0, windows: 2 });
    await createAlertRule(as("lead"), { rule });
  }
  const recall = { ...overdue, series: "estimated_recall" as const, direction: "below" as const, limit: 0.5 };
  await createAlertRule(as("lead"), { rule: recall });
  expect(await evaluateRules(job())).toMatchObject({ checked: 3, opened: 3 });
  await db.driftWindow.deleteMany();
  await db.modelVersion.delete({ where: { id: version.id } });
});

test("acknowledging is for one, audited, and for those who may", async () => {
  const alertId = await fired();
  const after = await acknowledgeAlert(as("model_owner"), { alertId });
  expect(after).toMatchObject({ state: "acknowledged", acknowledgedBy: "model_owner" });
  const audit = await database.db.auditEvent.findFirstOrThrow({ where: { action: "alert.acknowledge" } });
  expect(audit).toMatchObject({
    subjectId: alertId,
    before: { state: "open" },
    after: { state: "acknowledged" },
  });
  await expect(acknowledgeAlert(as("lead"), { alertId })).rejects.toMatchObject({ code: "conflict" });
  await expect(acknowledgeAlert(as("analyst"), { alertId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(acknowledgeAlert(as("lead"), { alertId: "none" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what is resolved can be neither resolved nor silenced", async () => {
  const alertId = await fired();
  expect(await resolveAlert(as("lead"), { alertId })).toMatchObject({
    state: "resolved",
    resolvedBy: "lead",
  });
  expect(await database.db.auditEvent.count({ where: { action: "alert.resolve", subjectId: alertId } })).toBe(
    1,
  );
  await expect(resolveAlert(as("lead"), { alertId })).rejects.toMatchObject({ code: "conflict" });
  await expect(silenceAlert(as("lead"), { alertId, hours: 1 })).rejects.toMatchObject({ code: "conflict" });
  await expect(silenceAlert(as("viewer"), { alertId, hours: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a training is asked for from an alert where the settings let alerts ask", async () => {
  const alertId = await fired();
  await expect(retrainFromAlert(as("model_owner"), { alertId })).rejects.toMatchObject({ code: "conflict" });
  await expect(retrainFromAlert(as("lead"), { alertId })).rejects.toMatchObject({ code: "forbidden" });
  const { settings } = await getRetraining(as("model_owner"));
  await changeRetrainingSettings(as("model_owner"), {
    settings: { ...settings, onAlert: true },
    expected: settings,
  });
  expect(await retrainFromAlert(as("model_owner"), { alertId })).toEqual({ asked: true });
  expect(await database.db.auditEvent.count({ where: { action: "retraining.ask" } })).toBe(1);
  await expect(retrainFromAlert(as("model_owner"), { alertId })).rejects.toMatchObject({ code: "conflict" });
});

test("a rule is made and changed by those who may, audited, and never from an old view", async () => {
  const made = await createAlertRule(as("lead"), { rule: overdue });
  const change = { ruleId: made.id, version: made.version, rule: { ...overdue, limit: 5 }, enabled: true };
  expect(await changeAlertRule(as("model_owner"), change)).toMatchObject({ version: 2, rule: { limit: 5 } });
  await expect(changeAlertRule(as("lead"), change)).rejects.toMatchObject({ code: "conflict" });
  await expect(createAlertRule(as("analyst"), { rule: overdue })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(createAlertRule(as("lead"), { rule: { ...overdue, windows: 2 } })).rejects.toMatchObject({
    code: "invalid",
  });
  const actions = await database.db.auditEvent.findMany({
    where: { subjectId: made.id },
    orderBy: { seq: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual(["alert_rule.create", "alert_rule.change"]);
  expect(actions[1]).toMatchObject({ before: { limit: 1 }, after: { limit: 5 } });
});

test("a rule that is switched off ends its alert and is judged no more", async () => {
  await fired();
  const [row] = await listAlertRules(as("viewer"));
  if (row === undefined) throw new Error("no rule");
  await changeAlertRule(as("lead"), { ruleId: row.id, version: row.version, rule: row.rule, enabled: false });
  expect(await countAlerts(as("viewer"))).toEqual({ count: 0 });
  nowMs += HOUR;
  expect(await evaluateRules(job())).toEqual({ checked: 0, opened: 0, resolved: 0 });
});
