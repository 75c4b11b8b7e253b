import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, type SeedUser, seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { listWorkers, setCapacity, setTimeOff } from "./index.ts";

let database: TestDatabase;
let ada: SeedUser;
beforeEach(async () => {
  database = await createTestDatabase();
  ada = await seedUser(database.db, "analyst", "Ada");
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const as = (user: SeedUser): ServiceContext => contextOf(database.db, user, now);
const week = { awayFrom: "2026-11-20T00:00:00.000Z", awayUntil: "2026-11-27T00:00:00.000Z" };

test("one says one's own time off and takes it back, with both in the audit log", async () => {
  const mine = { userId: ada.id };
  expect(await setTimeOff(as(ada), { ...mine, ...week })).toMatchObject({ ...week, away: true });
  expect(await setTimeOff(as(ada), { ...mine, awayFrom: null, awayUntil: null })).toMatchObject({
    away: false,
  });
  const audited = await database.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  expect(audited).toMatchObject([
    { action: "user.time_off", subjectId: ada.id, before: { awayFrom: null }, after: week },
    { action: "user.time_off", before: week, after: { awayFrom: null, awayUntil: null } },
  ]);
});

test("another's time off and anybody's capacity take a lead", async () => {
  const bob = await seedUser(database.db, "analyst", "Bob");
  const lea = await seedUser(database.db, "lead", "Lea");
  const theirs = { userId: ada.id };
  await expect(setTimeOff(as(bob), { ...theirs, ...week })).rejects.toMatchObject({ code: "forbidden" });
  await expect(setCapacity(as(ada), { ...theirs, caseCapacity: 3 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await setTimeOff(as(lea), { ...theirs, ...week });
  expect(await setCapacity(as(lea), { ...theirs, caseCapacity: 3 })).toMatchObject({
    caseCapacity: 3,
    away: true,
  });
  const [, audited] = await database.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  expect(audited).toMatchObject({
    action: "user.capacity",
    before: { caseCapacity: null },
    after: { caseCapacity: 3 },
  });
  const nobody = setCapacity(as(lea), { userId: "nobody", caseCapacity: 3 });
  await expect(nobody).rejects.toMatchObject({ code: "not_found" });
});

test("time off ends after it begins, and begins", async () => {
  const mine = { userId: ada.id };
  for (const odd of [
    { ...week, awayUntil: week.awayFrom },
    { ...week, awayFrom: null },
  ]) {
    await expect(setTimeOff(as(ada), { ...mine, ...odd })).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await database.db.auditEvent.count()).toBe(0);
});

test("the list names who works on cases, with how many open ones are theirs", async () => {
  const vic = await seedUser(database.db, "viewer", "Vic");
  const gone = await seedUser(database.db, "analyst", "Gone");
  await database.db.user.update({ where: { id: gone.id }, data: { disabledAt: now } });
  await seedUser(database.db, "lead", "Lea");
  await seedCase(database.db, { ownerId: ada.id });
  await seedCase(database.db, { ownerId: ada.id, status: "closed" });
  const workers = await listWorkers(as(vic));
  expect(workers.map(({ name, openCases }) => [name, openCases])).toEqual([
    ["Ada", 1],
    ["Lea", 0],
  ]);
});
