import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { systemContext } from "#server/services/case/testing/seed.ts";
import { readOverTime } from "./read-over-time.ts";
import { now, seedDecisions, seedModel, seedPolicy } from "./testing/seed-window.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
  const owner = { policyVersionId: await seedPolicy(t.db), modelVersionId: await seedModel(t.db) };
  await seedDecisions(t.db, owner, [
    { score: 0.9, label: "fraud", outcome: "review", daysAgo: 40 },
    { score: 0.6, label: "fraud", outcome: "approve", daysAgo: 40 },
    { score: 0.7, outcome: "review", daysAgo: 40 },
    { score: 0.2, outcome: "approve", daysAgo: 40 },
    { score: 0.95, outcome: "decline", daysAgo: 40 },
    { score: 0.3, label: "fraud", outcome: "approve", daysAgo: 39 },
    { score: 0.8, label: "fraud", outcome: "review", daysAgo: 2 },
  ]);
  await buildBlocks(t.url, now);
});
afterAll(async () => t.drop());

test("each day counts the policy's alerts and what the threshold would have done, with intervals", async () => {
  const asked = { ...AnalysisWindow.parse({}), threshold: 0.6 };
  const { unit, periods } = await readOverTime(systemContext(t.db, now), asked);
  expect(unit).toBe("day");
  expect(periods.map((period) => period.from)).toEqual(["2026-10-11", "2026-10-12"]);
  const [first, second] = periods;
  expect(first?.served).toMatchObject({ tp: 1, fp: 1, fn: 1, tn: 1, precision: 0.5, recall: 0.5 });
  expect(first?.atThreshold).toMatchObject({ tp: 2, fp: 1, fn: 0, tn: 1, recall: 1 });
  expect(first?.declined).toBe(1);
  expect(first?.knownShare).toBeCloseTo(4 / 5, 12);
  expect(first?.served.recallInterval?.lower).toBeCloseTo(0.0945, 3);
  expect(second?.served).toMatchObject({ precision: null, recall: 0 });
});

test("a long window is counted by week from Monday, and young payments only wait", async () => {
  const asked = { ...AnalysisWindow.parse({ preset: "90" }), threshold: 0.5 };
  const { unit, periods } = await readOverTime(systemContext(t.db, now), asked);
  expect(unit).toBe("week");
  expect(periods.map((period) => period.from)).toEqual(["2026-10-05", "2026-10-12", "2026-11-16"]);
  expect(periods.at(-1)).toMatchObject({ waiting: 1, knownShare: 0, served: { recall: null } });
});
