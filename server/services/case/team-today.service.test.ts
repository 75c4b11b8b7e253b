import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { claimCase, releaseCase, teamToday } from "./index.ts";
import { closeOutright, contextOf, type SeedUser, seedCase, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const yesterday = new Date("2026-11-19T23:59:59.999Z");
let database: TestDatabase;
let ada: SeedUser;
let bob: SeedUser;
let lea: SeedUser;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  ada = await seedUser(db, "analyst", "Ada");
  bob = await seedUser(db, "analyst", "Bob");
  lea = await seedUser(db, "lead", "Lea");
  await seedUser(db, "viewer", "Vic");
});
afterAll(() => database.drop());

test("the lead sees each pile, and what was opened and closed since midnight UTC", async () => {
  const { db } = database;
  const as = (who: SeedUser, at = now) => contextOf(db, who, at);
  await seedCase(db, { ownerId: bob.id });
  await seedCase(db, {
    ownerId: bob.id,
    status: "closed",
    closedAt: yesterday,
    closedById: bob.id,
    disposition: "fraud",
  });
  const late = await seedCase(db);
  await claimCase(as(bob, yesterday), { caseId: late.id });
  const root = await seedCase(db);
  await seedCase(db, { status: "joined", joinedToId: root.id });
  for (let again = 0; again < 2; again++) {
    const { version } = await claimCase(as(ada), { caseId: root.id });
    if (again === 0) await releaseCase(as(ada), { caseId: root.id });
    else await closeOutright(as(ada), { caseId: root.id, version, disposition: "fraud", reason: null });
  }
  const none = { away: false, pile: 0, opened: 0, closed: 0 };
  expect(await teamToday(as(lea))).toEqual([
    { ...none, id: ada.id, name: "Ada", opened: 1, closed: 1 },
    { ...none, id: bob.id, name: "Bob", pile: 1 },
    { ...none, id: lea.id, name: "Lea" },
  ]);
  await expect(teamToday(as(ada))).rejects.toMatchObject({ code: "forbidden" });
});
