import { afterAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Label, LabelSource } from "#server/domain/label.ts";
import {
  contextOf,
  type SeedUser,
  seedCase,
  seedPayment,
  seedUser,
} from "#server/services/case/testing/seed.ts";
import { countLabelDelays } from "#server/services/label/index.ts";
import { listOverruled, readLabelArrival, readLearningCurve, readReviewQuality } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
let database: TestDatabase | undefined;
let [ada, bea, lead]: SeedUser[] = [];
beforeEach(async () => {
  await database?.drop();
  database = await createTestDatabase();
  const { db } = database;
  ada = await seedUser(db, "analyst", "Ada");
  bea = await seedUser(db, "analyst", "Bea");
  lead = await seedUser(db, "lead", "Lou");
});
afterAll(() => database?.drop());

function db(): TestDatabase["db"] {
  if (database === undefined) throw new Error("no database");
  return database.db;
}
function as(user: SeedUser | undefined) {
  if (user === undefined) throw new Error("no user");
  return contextOf(db(), user, now);
}
const days = { days: 90 } as const;

type Said = readonly [source: LabelSource, label: Label, daysAgo: number];

/** A payment, and what was said of it in turn; the analyst's labels are `by`. */
async function payment(by: SeedUser | undefined, paidAgo: number, ...said: Said[]): Promise<string> {
  const { id } = await seedPayment(db(), { occurredAt: ago(paidAgo) });
  for (const [source, label, daysAgo] of said) {
    const at = ago(daysAgo);
    const actor =
      source === "analyst" ? { actorKind: "user", actorId: by?.id ?? "" } : { actorKind: "api_key" };
    await db().label.create({
      data: { transactionId: id, label, source, occurredAt: at, recordedAt: at, ...actor },
    });
  }
  return id;
}

test("verdicts are judged by what came later: silence upholds only legitimate ones, and only once mature", async () => {
  await payment(ada, 60, ["analyst", "legitimate", 59]); // mature, nobody objected
  await payment(ada, 20, ["analyst", "legitimate", 19]); // immature: unknown
  await payment(ada, 60, ["analyst", "fraud", 59]); // stopped, so no dispute can come: unknown
  await payment(ada, 60, ["analyst", "legitimate", 59], ["chargeback", "fraud", 40]);
  await payment(ada, 20, ["analyst", "fraud", 19], ["issuer_alert", "fraud", 10]);
  await payment(ada, 20, ["analyst", "fraud", 19], ["manual", "legitimate", 10]);
  await payment(ada, 60, ["chargeback", "fraud", 59], ["analyst", "fraud", 58]); // known before: no judgement
  const { people } = await readReviewQuality(as(lead), days);
  expect(people.find((person) => person.id === ada?.id)?.counts).toEqual({
    fraudUpheld: 1,
    fraudOverruled: 1,
    legitimateUpheld: 1,
    legitimateOverruled: 1,
    unknown: 3,
  });
});

test("of several voices the strongest counts, and what was taken back counts for nobody", async () => {
  const overruled = ["analyst", "legitimate", 59] as const;
  await payment(ada, 60, overruled, ["chargeback", "fraud", 40], ["manual", "legitimate", 5]);
  const undone = await payment(bea, 60, overruled);
  const label = await db().label.findFirstOrThrow({ where: { transactionId: undone } });
  await db().labelWithdrawal.create({ data: { labelSeq: label.seq, withdrawnAt: now, actorKind: "user" } });
  const { people } = await readReviewQuality(as(lead), days);
  expect(people.map((person) => [person.name, person.counts.legitimateOverruled])).toEqual([["Ada", 1]]);
});

test("a share is told from twenty known verdicts on, with its interval", async () => {
  for (let i = 0; i < 19; i++) await payment(ada, 60, ["analyst", "legitimate", 59]);
  const shareNow = async () => (await readReviewQuality(as(lead), days)).people[0]?.legitimateUpheld;
  expect(await shareNow()).toEqual({ hits: 19, of: 19, share: null, interval: null });
  await payment(ada, 60, ["analyst", "legitimate", 59], ["chargeback", "fraud", 40]);
  const share = await shareNow();
  expect(share).toMatchObject({ hits: 19, of: 20, share: 0.95 });
  expect(share?.interval?.lower).toBeCloseTo(0.7639, 4); // Wilson, 19 of 20
});

test("analysts read their own row and their own overruled verdicts, a lead everyone's", async () => {
  for (const who of [ada, bea]) {
    await payment(who, 60, ["analyst", "legitimate", 59], ["chargeback", "fraud", 40]);
  }
  const own = await readReviewQuality(as(ada), days);
  expect([own.everyone, own.people.map((person) => person.name)]).toEqual([false, ["Ada"]]);
  expect((await listOverruled(as(ada), days)).map((row) => row.person)).toEqual(["Ada"]);
  expect((await readReviewQuality(as(lead), days)).people).toHaveLength(2);
  const all = await listOverruled(as(lead), days);
  expect(all.map((row) => row.person).sort()).toEqual(["Ada", "Bea"]);
  expect(all[0]).toMatchObject({ verdict: "legitimate", truth: "fraud", source: "chargeback" });
  expect(all[0]?.overruledAt).toBe(ago(40).toISOString());
});

test("a viewer reads nothing; labels' arrival and the learning curve are for those who look after quality", async () => {
  const viewer = as(await seedUser(db(), "viewer"));
  for (const read of [readReviewQuality, listOverruled]) {
    await expect(read(viewer, days)).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const read of [readLabelArrival, readLearningCurve]) {
    await expect(read(as(ada))).rejects.toMatchObject({ code: "forbidden" });
  }
});

async function worked(user: SeedUser | undefined, seconds: number, daysAgo = 1): Promise<void> {
  const { id: caseId } = await seedCase(db());
  const work = { seconds, keystrokes: seconds * 2, clicks: 0, disposition: "fraud" };
  await db().caseWork.create({ data: { caseId, userId: user?.id ?? "", at: ago(daysAgo), ...work } });
}

test("seconds and keys per case are middle and 90th percentile of the window, from ten cases on", async () => {
  for (let i = 1; i <= 11; i++) await worked(ada, i);
  await worked(ada, 5_000, 91);
  for (let i = 1; i <= 9; i++) await worked(bea, i);
  const { people } = await readReviewQuality(as(lead), days);
  expect(people.map((person) => [person.name, person.work.cases, person.work.seconds])).toEqual([
    ["Ada", 11, { median: 6, p90: 10 }],
    ["Bea", 9, null],
  ]);
  expect(people[0]?.work.keystrokes).toEqual({ median: 12, p90: 20 });
});

/** A case that Ada closed as fraud and Bea reviewed again. */
async function reviewedAgain(disposition: string, fields: { propensity?: number; status?: string } = {}) {
  const { propensity = 0.5, status = "closed" } = fields;
  const { id: caseId } = await seedCase(db(), { status });
  const people = { firstReviewerId: ada?.id ?? "", reviewerId: bea?.id ?? "" };
  await db().secondReview.create({
    data: {
      ...{ caseId, propensity, disposition, ...people },
      ...{ sampledAt: ago(2), reviewedAt: ago(1), firstDisposition: "fraud" },
    },
  });
}

test("kappa is told from thirty answered pairs on, weighted by the chance that each was drawn", async () => {
  for (let i = 0; i < 29; i++) await reviewedAgain(i % 3 === 0 ? "legitimate" : "fraud");
  const agreementNow = async () => (await readReviewQuality(as(lead), days)).agreement;
  expect(await agreementNow()).toEqual({ drawn: 29, answered: 29, needed: 30, result: null });
  await reviewedAgain("legitimate", { propensity: 0.05 });
  const { result } = await agreementNow();
  // 19 agree at weight 2; 10 differ at weight 2 and one at weight 20.
  expect(result?.observed).toBeCloseTo(38 / 78, 12);
  expect(result?.interval).not.toBeNull();
});

test("what a second reviewer said is not counted by person while a third look is under way", async () => {
  await reviewedAgain("fraud");
  await reviewedAgain("legitimate", { status: "open" });
  const { people } = await readReviewQuality(as(ada), days);
  expect(people[0]?.secondOpinions).toEqual({ pairs: 1, agreed: 1 });
});

test("labels' arrival is told by source from the counts, without those that had no time yet", async () => {
  for (let i = 0; i < 20; i++) await payment(ada, 60, ["chargeback", "fraud", 50]);
  for (let i = 0; i < 20; i++) await payment(ada, 60, ["chargeback", "fraud", 40]);
  await payment(ada, 60, ["customer_report", "fraud", 59]);
  expect(await readLabelArrival(as(lead))).toMatchObject({ sources: [] });
  await countLabelDelays(db(), now);
  const { sources } = await readLabelArrival(as(lead));
  expect(sources.map((one) => [one.source, one.labels, one.curve === null])).toEqual([
    ["chargeback", 40, false],
    ["customer_report", 1, true],
  ]);
  const shareAt = (day: number) => sources[0]?.curve?.[day]?.share;
  expect([shareAt(9), shareAt(10), shareAt(19), shareAt(20)]).toEqual([0, 0.5, 0.5, 1]);
});

test("the learning curve is that of the newest version that has one; null before", async () => {
  expect(await readLearningCurve(as(lead))).toBeNull();
  await db().modelArtifact.create({ data: { hash: "h", bytes: new Uint8Array(1) } });
  const version = {
    ...{ family: "gradient_boosting", featureSetName: "default", featureSetVersion: "1" },
    ...{ artifactHash: "h", createdAt: now, trainedFrom: ago(60), trainedTo: ago(30) },
  };
  const curve = { family: "gradient_boosting", points: [], fit: null };
  await db().modelVersion.create({ data: { ...version, metrics: { learningCurve: curve } } });
  await db().modelVersion.create({ data: { ...version, metrics: { learningCurve: null } } });
  expect(await readLearningCurve(as(lead))).toEqual({ version: { number: 1, status: "candidate" }, curve });
});
