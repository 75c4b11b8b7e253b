import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { contextOf, seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  archiveQueue,
  createQueue,
  listQueues,
  previewQueue,
  type QueueFields,
  queueNames,
  reorderQueues,
  updateQueue,
} from "./index.ts";

let database: TestDatabase;
let lead: ServiceContext;
beforeEach(async () => {
  database = await createTestDatabase();
  lead = await as("lead");
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const as = async (role: "lead" | "analyst" | "viewer") =>
  contextOf(database.db, await seedUser(database.db, role), now);
const fields: QueueFields = {
  name: "Large",
  description: "What costs most",
  routing: { minAmountMinor: 100_000 },
  slaMinutes: 60,
  assignment: "claim",
  memberIds: [],
};
const names = async () => (await queueNames(lead)).map(({ name }) => name);
const audited = () => database.db.auditEvent.findMany({ orderBy: { seq: "asc" } });

test("a new queue is tried before General and after the others, with its members, and is audited", async () => {
  const ada = await seedUser(database.db, "analyst", "Ada");
  await createQueue(lead, fields);
  const made = await createQueue(lead, { ...fields, name: "Small", memberIds: [ada.id, ada.id] });
  expect(made).toMatchObject({
    position: 2,
    version: 1,
    members: [{ id: ada.id, name: "Ada", away: false }],
  });
  expect(await names()).toEqual(["Large", "Small", "General"]);
  expect(await audited()).toMatchObject([
    {
      action: "queue.create",
      after: { name: "Large", routing: { minAmountMinor: 100_000 }, slaMinutes: 60 },
    },
    { action: "queue.create", subjectId: made.id, after: { members: [{ name: "Ada" }] } },
  ]);
});

test("a queue changes with its members, once per version seen", async () => {
  const [ada, bob] = [
    await seedUser(database.db, "analyst", "Ada"),
    await seedUser(database.db, "lead", "Bob"),
  ];
  const { id } = await createQueue(lead, { ...fields, memberIds: [ada.id] });
  const change = { ...fields, queueId: id, version: 1, name: "Huge", slaMinutes: null, memberIds: [bob.id] };
  const changed = await updateQueue(lead, { ...change, assignment: "round_robin" });
  expect(changed).toMatchObject({ name: "Huge", slaMinutes: null, assignment: "round_robin", version: 2 });
  expect(changed.members.map(({ name }) => name)).toEqual(["Bob"]);
  await expect(updateQueue(lead, change)).rejects.toMatchObject({ code: "conflict" });
  expect((await audited()).at(-1)).toMatchObject({
    action: "queue.update",
    before: { name: "Large", members: [{ name: "Ada" }] },
    after: { name: "Huge", members: [{ name: "Bob" }] },
  });
  expect(await database.db.auditEvent.count()).toBe(2);
});

test("of two leads who change one queue at once, one is told", async () => {
  const { id } = await createQueue(lead, fields);
  const changes = ["A", "B"].map((name) => updateQueue(lead, { ...fields, queueId: id, version: 1, name }));
  const outcomes = (await Promise.allSettled(changes)).map(({ status }) => status);
  expect(outcomes.sort()).toEqual(["fulfilled", "rejected"]);
});

test("a name is taken once, by archived queues too", async () => {
  const { id } = await createQueue(lead, fields);
  await expect(createQueue(lead, fields)).rejects.toMatchObject({ code: "conflict" });
  await archiveQueue(lead, { queueId: id, version: 1 });
  await expect(createQueue(lead, fields)).rejects.toThrow("There is, or was, a queue named Large");
  const other = await createQueue(lead, { ...fields, name: "Other" });
  const renamed = updateQueue(lead, { ...fields, queueId: other.id, version: 1 });
  await expect(renamed).rejects.toMatchObject({ code: "conflict" });
});

test.each<[string, Partial<QueueFields>]>([
  ["amounts the wrong way round", { routing: { minAmountMinor: 2, maxAmountMinor: 1 } }],
  ["scores the wrong way round", { routing: { minScore: 0.9, maxScore: 0.1 } }],
  ["a card number for a name", { name: "4111111111111111" }],
  ["members who don't exist", { memberIds: ["nobody"] }],
])("%s are refused", async (_, given) => {
  await expect(createQueue(lead, { ...fields, ...given })).rejects.toMatchObject({ code: "invalid" });
  expect(await names()).toEqual(["General"]);
});

test("members can work on cases and are not disabled", async () => {
  const viewer = await seedUser(database.db, "viewer", "Vic");
  const gone = await seedUser(database.db, "analyst", "Gone");
  await database.db.user.update({ where: { id: gone.id }, data: { disabledAt: now } });
  for (const { id } of [viewer, gone]) {
    const refused = createQueue(lead, { ...fields, memberIds: [id] });
    await expect(refused).rejects.toMatchObject({ code: "invalid" });
  }
});

test("General keeps taking everything and stays, but may promise and assign", async () => {
  const general = { ...fields, name: "General", queueId: GENERAL_QUEUE_ID, version: 1 };
  await expect(updateQueue(lead, general)).rejects.toMatchObject({ code: "invalid" });
  expect(await updateQueue(lead, { ...general, routing: {} })).toMatchObject({ slaMinutes: 60, routing: {} });
  const archived = archiveQueue(lead, { queueId: GENERAL_QUEUE_ID, version: 2 });
  await expect(archived).rejects.toMatchObject({ code: "invalid" });
});

test("queues are put in order; an order of other queues is a conflict", async () => {
  const ids: string[] = [];
  for (const name of ["A", "B", "C"]) ids.push((await createQueue(lead, { ...fields, name })).id);
  const [a = "", b = "", c = ""] = ids;
  await reorderQueues(lead, { queueIds: [c, a, b] });
  expect(await names()).toEqual(["C", "A", "B", "General"]);
  expect((await audited()).at(-1)).toMatchObject({
    action: "queue.reorder",
    before: [a, b, c],
    after: [c, a, b],
  });
  for (const queueIds of [
    [a, b],
    [a, b, b],
    [a, b, c, GENERAL_QUEUE_ID],
  ]) {
    await expect(reorderQueues(lead, { queueIds })).rejects.toMatchObject({ code: "conflict" });
  }
});

test("an archived queue is gone from the list, and archived once", async () => {
  const { id } = await createQueue(lead, fields);
  expect((await archiveQueue(lead, { queueId: id, version: 1 })).archivedAt).toBe(now.toISOString());
  expect(await names()).toEqual(["General"]);
  await expect(archiveQueue(lead, { queueId: id, version: 2 })).rejects.toThrow(
    "Large was archived meanwhile.",
  );
  const changed = updateQueue(lead, { ...fields, queueId: id, version: 2 });
  await expect(changed).rejects.toMatchObject({ code: "conflict" });
  expect((await audited()).map(({ action }) => action)).toEqual(["queue.create", "queue.archive"]);
  await expect(archiveQueue(lead, { queueId: "none", version: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the list counts what is open, nobody's, overdue and due within the hour", async () => {
  const { db } = database;
  const { id: queueId } = await createQueue(lead, fields);
  const ada = await seedUser(db, "analyst", "Ada");
  await seedCase(db, { queueId, routedAt: now, dueAt: at(0) });
  await seedCase(db, { queueId, routedAt: now, dueAt: at(1), ownerId: ada.id });
  await seedCase(db, { queueId, routedAt: now, dueAt: at(60) });
  await seedCase(db, { queueId, routedAt: now, dueAt: at(61), heldAt: now });
  await seedCase(db, { queueId, routedAt: now, dueAt: at(-9), status: "closed" });
  await seedCase(db);
  const list = await listQueues(await as("viewer"));
  expect(list).toMatchObject({ limit: 10_000, unrouted: 1 });
  expect(list.queues.map(({ name, work }) => [name, work])).toEqual([
    ["Large", { open: 4, unassigned: 2, overdue: 1, dueSoon: 2 }],
    ["General", { open: 0, unassigned: 0, overdue: 0, dueSoon: 0 }],
  ]);
});

test("an analyst sees the queues and changes none", async () => {
  const { id } = await createQueue(lead, fields);
  const analyst = await as("analyst");
  expect((await listQueues(analyst)).queues).toHaveLength(2);
  for (const attempt of [
    () => createQueue(analyst, { ...fields, name: "Mine" }),
    () => updateQueue(analyst, { ...fields, queueId: id, version: 1 }),
    () => reorderQueues(analyst, { queueIds: [id] }),
    () => archiveQueue(analyst, { queueId: id, version: 1 }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await database.db.auditEvent.count()).toBe(1);
});

test("a preview counts what a queue would take now, apart from what earlier ones take, and changes nothing", async () => {
  const { db } = database;
  const seen = { lookedAt: 4, isAll: true };
  await seedCase(db, { amountMinor: 200_000n });
  await seedCase(db, { amountMinor: 500n, currency: "JPY" });
  await seedCase(db, { amountMinor: 20_000n, masked: true, origin: "exploration" });
  await seedCase(db, { amountMinor: 20_000n });
  await seedCase(db, { amountMinor: 900_000n, status: "closed" });
  const routing = { minAmountMinor: 20_000 };
  const preview = (given: QueueFields["routing"], queueId: string | null = null) =>
    previewQueue(lead, { queueId, routing: given });
  expect(await preview(routing)).toEqual({ ...seen, taken: 4, takenEarlier: 0 });
  expect(await preview({ ...routing, origins: ["policy", "exploration"] })).toMatchObject({ taken: 3 });
  expect(await preview({ amountCurrency: "JPY", minAmountMinor: 501 })).toMatchObject({ taken: 0 });
  const large = await createQueue(lead, fields);
  expect(await preview(routing)).toEqual({ ...seen, taken: 3, takenEarlier: 1 });
  expect(await preview(routing, large.id)).toEqual({ ...seen, taken: 4, takenEarlier: 0 });
  expect(await db.case.count({ where: { queueId: { not: null } } })).toBe(0);
  await expect(previewQueue(await as("analyst"), { queueId: null, routing })).rejects.toMatchObject({
    code: "forbidden",
  });
});
