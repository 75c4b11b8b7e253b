import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import {
  now,
  seedDecisions,
  seedModel,
  seedPolicy,
} from "#server/services/performance/testing/seed-window.ts";
import { readSeries } from "./series/registry.ts";

let t: TestDatabase;
// Monday 5 October 2026 is 46.5 days before, and the week after it is mature too.
const daysAgo = 44;

beforeAll(async () => {
  t = await createTestDatabase();
  const owner = { policyVersionId: await seedPolicy(t.db), modelVersionId: await seedModel(t.db) };
  const fraud = { score: 0.9, label: "fraud", daysAgo } as const;
  await seedDecisions(t.db, owner, [
    ...Array.from({ length: 6 }, () => ({ ...fraud, outcome: "review" as const })),
    ...Array.from({ length: 4 }, () => ({ ...fraud, outcome: "approve" as const })),
    { score: 0.9, outcome: "review", daysAgo },
    { score: 0.1, outcome: "approve", daysAgo },
    // declined, and let through to review by a chance of one in ten: it stands for ten
    { ...fraud, outcome: "review", exploration: "decline_to_review", propensity: 0.1 },
    // the policy would have approved it
    { ...fraud, outcome: "review", exploration: "approve_to_review", propensity: 0.1 },
    // declined: a label that came all the same says nothing of the others
    { ...fraud, outcome: "decline" },
    // its week is not over for disputes
    { ...fraud, outcome: "approve", daysAgo: 29 },
  ]);
  await buildBlocks(t.url, now);
});
afterAll(async () => t.drop());

test("recall weighs what exploration let through by 1 / propensity, with its effective sample", async () => {
  const points = await readSeries(t.db, "realised_recall", { now, points: 4 });
  expect(points).toHaveLength(1);
  expect(points[0]?.at).toBe("2026-10-05T00:00:00.000Z");
  expect(points[0]?.value).toBeCloseTo(16 / 21, 12);
  expect(points[0]?.sample).toBe(Math.floor(21 ** 2 / (11 + 100)));
  expect(points[0]?.lower).toBeLessThan(0.5); // worth four frauds only
});

test("precision is of what the policy itself questioned", async () => {
  const [point] = await readSeries(t.db, "realised_precision", { now, points: 4 });
  expect(point?.value).toBeCloseTo(16 / 17, 12);
});
