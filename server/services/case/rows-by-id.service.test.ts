import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { claimCase, rowsById } from "./index.ts";
import { contextOf, seedCase, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let ada: ServiceContext;
let lea: ServiceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ada = contextOf(database.db, await seedUser(database.db, "analyst", "Ada"), now);
  lea = contextOf(database.db, await seedUser(database.db, "lead", "Lea"), now);
});
afterAll(async () => {
  await database.drop();
});

test("rows tell what became of them: closed, or taken by somebody; unknown ids are left out", async () => {
  const closed = await seedCase(database.db, { status: "closed", disposition: "fraud", closedAt: now });
  const taken = await seedCase(database.db);
  await claimCase(lea, { caseId: taken.id });
  const rows = await rowsById(ada, { caseIds: [closed.id, taken.id, "nothing"] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(byId.size).toBe(2);
  expect(byId.get(closed.id)).toMatchObject({ status: "closed", disposition: "fraud" });
  expect(byId.get(taken.id)).toMatchObject({ status: "open", holder: { name: "Lea" } });
});

test("a masked case stays masked for whoever works on it", async () => {
  const { id } = await seedCase(database.db, { masked: true, origin: "exploration", score: 0.4 });
  expect(await rowsById(ada, { caseIds: [id] })).toMatchObject([
    { score: null, expectedLossMinor: null, origin: "policy" },
  ]);
  expect(await rowsById(lea, { caseIds: [id] })).toMatchObject([{ score: 0.4, origin: "exploration" }]);
});

test("a caller with no right to read cases is refused", async () => {
  const actor = { kind: "api_key", id: "k", name: "shop", scopes: ["score"] } as const;
  await expect(rowsById({ ...ada, actor }, { caseIds: [] })).rejects.toMatchObject({ code: "forbidden" });
});
