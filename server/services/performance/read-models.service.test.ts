import { afterAll, beforeAll, expect, test } from "vitest";
import { compareModels } from "#ml/evaluation/compare-models.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { decide, defaultPolicy } from "#server/domain/policy.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { type SeededPayment, seedPayments } from "#server/services/analysis/testing/seed-payments.ts";
import { systemContext } from "#server/services/case/testing/seed.ts";
import { readModels } from "./read-models.ts";
import { now, seedModel, seedPolicy } from "./testing/seed-window.ts";

const PAYMENTS = 600;
let t: TestDatabase;
let payments: (SeededPayment & { readonly isFraud: boolean })[];
let shadowId = "";
const read = () => readModels(systemContext(t.db, now), AnalysisWindow.parse({}));

beforeAll(async () => {
  t = await createTestDatabase();
  const policyVersionId = await seedPolicy(t.db);
  const modelVersionId = await seedModel(t.db);
  shadowId = await seedModel(t.db, "challenger");
  const rng = createRng("pairs");
  payments = Array.from({ length: PAYMENTS }, (_, at) => {
    const isFraud = at % 10 === 0;
    return {
      id: `pay_${at}`,
      occurredAt: new Date(now.getTime() - (35 + (at % 10)) * DAY_MS),
      score: rng.next() * (isFraud ? 1 : 0.5),
      amountMinor: 1_000 + at,
      outcome: "approve",
      customerId: `cus_${at % 60}`,
      modelVersionId,
      currency: at % 5 === 0 && at % 10 !== 0 ? "USD" : "EUR",
      challenger: at < 550 ? { versionId: shadowId, score: rng.next() * (isFraud ? 1 : 0.2) } : null,
      isFraud,
    };
  });
  await seedPayments(t.db, policyVersionId, payments);
  await t.db.effectiveLabel.createMany({
    data: payments
      .filter(({ isFraud }) => isFraud)
      .map(({ id, occurredAt }, at) => ({
        transactionId: id,
        label: "fraud",
        source: "chargeback",
        labelSeq: BigInt(at),
        recordedAt: occurredAt,
        occurredAt,
      })),
  });
  await buildBlocks(t.url, now);
});
afterAll(async () => t.drop());

test("a challenger is compared on the payments that it scored beside the champion, as from scratch", async () => {
  const view = await read();
  expect(view?.currency).toBe("EUR");
  expect(view?.live).toHaveLength(1);
  const [pair] = view?.live ?? [];
  expect(pair).toMatchObject({ challenger: { id: shadowId }, rows: 550, frauds: 55, hidden: null });
  const both = payments.filter(({ challenger }) => challenger !== null);
  const modelOf = (scoreOf: (payment: SeededPayment) => number) => ({
    scores: Float64Array.from(both, scoreOf),
    costMinor: Float64Array.from(both, (payment) => {
      if (payment.currency !== "EUR") return Number.NaN;
      const outcome = decide(
        { status: "scored", score: scoreOf(payment) },
        payment.amountMinor,
        defaultPolicy,
      );
      return expectedCosts(Number(payment.isFraud), payment.amountMinor, defaultPolicy.cost)[outcome];
    }),
  });
  const wanted = compareModels(
    {
      labels: Uint8Array.from(both, ({ isFraud }) => Number(isFraud)),
      customers: both.map(({ customerId }) => Number(customerId.slice(4))),
      cards: both.map(({ customerId }) => Number(customerId.slice(4))),
      days: Float64Array.from(both, ({ occurredAt }) => Math.floor(occurredAt.getTime() / DAY_MS)),
    },
    [modelOf(({ score }) => score ?? 0), modelOf(({ challenger }) => challenger?.score ?? 0)],
    { seed: 1, replicates: 0 },
  );
  for (const at of [0, 1]) {
    for (const [name, value] of Object.entries(wanted[at]?.measures ?? {})) {
      expect(pair?.models[at]?.measures).toHaveProperty(name, expect.closeTo(value ?? Number.NaN, 9));
    }
  }
  const interval = pair?.models[1]?.differenceInterval?.averagePrecision;
  expect(interval?.lower).toBeLessThan(pair?.models[1]?.difference?.averagePrecision ?? -1);
});

test("a training's families come with its test rows, also from a report without paired differences", async () => {
  const slice = { fromMs: 0, toMs: DAY_MS, rows: 10, frauds: 2 };
  const test = { averagePrecision: 0.5 };
  await t.db.modelVersion.updateMany({
    where: { status: "champion" },
    data: {
      metrics: {
        selected: "rules",
        split: { train: slice, validation: slice, test: slice },
        families: { rules: { family: "rules", test }, ensemble: { family: "ensemble", test } },
      },
    },
  });
  const tested = (await read())?.tested;
  expect(tested).toHaveLength(1);
  expect(tested?.[0]).toMatchObject({ compared: null, rows: 10, from: "1970-01-01T00:00:00.000Z" });
  expect(tested?.[0]?.families.map(({ family, isSelected }) => [family, isSelected])).toEqual([
    ["rules", true],
    ["ensemble", false],
  ]);
});

test("under the floor of frauds the pair says why nothing is shown, and a later label is seen", async () => {
  await t.db.effectiveLabel.deleteMany({ where: { transactionId: { in: ["pay_0", "pay_10"] } } });
  await t.db.jobCursor.deleteMany();
  await t.db.analysisBlock.deleteMany();
  await buildBlocks(t.url, now);
  expect((await read())?.live[0]).toMatchObject({ frauds: 53, hidden: null });
  await t.db.effectiveLabel.deleteMany({
    where: { transactionId: { in: ["pay_20", "pay_30", "pay_40", "pay_50"] } },
  });
  await t.db.jobCursor.deleteMany();
  await t.db.analysisBlock.deleteMany();
  await buildBlocks(t.url, now);
  expect((await read())?.live[0]).toMatchObject({
    frauds: 49,
    models: [],
    hidden: "49 of 50 known frauds among the payments that both scored.",
  });
});
