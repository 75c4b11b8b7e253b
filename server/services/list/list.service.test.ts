import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { NewListEntry } from "#server/domain/list/list-entry.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { addListEntry, listEntries, removeListEntry } from "./index.ts";

let database: TestDatabase;
let clockMs = Date.UTC(2026, 5, 1);
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Lea", role },
  now: () => new Date(clockMs++),
});

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const entry = (value: string, over: Partial<NewListEntry> = {}): NewListEntry => ({
  list: "block",
  kind: "device",
  value,
  reason: "seen in card testing",
  expiresAt: null,
  ...over,
});

test("an entry is added and removed, with an audit row each, a revision each, and stays in history", async () => {
  const added = await addListEntry(as("lead"), entry("dev_1"));
  expect(added).toMatchObject({ value: "dev_1", addedBy: "Lea", removedAt: null });
  const removed = await removeListEntry(as("model_owner"), { entryId: added.id });
  expect(removed.removedBy).toBe("Lea");
  const stored = await database.db.listEntry.findUniqueOrThrow({ where: { id: added.id } });
  expect(stored.removedRevision).toBe(stored.addedRevision + 1n);
  const audits = await database.db.auditEvent.findMany({
    where: { subjectId: added.id },
    orderBy: { seq: "asc" },
  });
  expect(audits.map(({ action }) => action)).toEqual(["list.add", "list.remove"]);
  await expect(removeListEntry(as("lead"), { entryId: added.id })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(removeListEntry(as("lead"), { entryId: "none" })).rejects.toMatchObject({ code: "not_found" });
  const rewriting = database.db.listEntry.update({ where: { id: added.id }, data: { reason: "another" } });
  await expect(rewriting).rejects.toThrow(/only be removed, once/);
});

test("a value is on a list once, in any spelling, until it is removed or has expired", async () => {
  const ip = (value: string, expiresAt: string | null = null) => entry(value, { kind: "ip", expiresAt });
  await addListEntry(as("lead"), ip("203.0.113.9/24"));
  await expect(addListEntry(as("lead"), ip("203.0.113.77/24"))).rejects.toMatchObject({ code: "conflict" });
  await addListEntry(as("lead"), { ...ip("203.0.113.0/24"), list: "allow" });
  const soon = new Date(clockMs + 60_000).toISOString();
  await addListEntry(as("lead"), ip("198.51.100.1", soon));
  clockMs += 60_001;
  const again = await addListEntry(as("lead"), ip("198.51.100.1"));
  const { rows } = await listEntries(as("viewer"), { list: "block", value: "198.51.100.1", limit: 10 });
  expect(rows.map(({ id }) => id)).toEqual([again.id]);
});

test("analysts may look at lists and not change them, and nonsense is refused with its field", async () => {
  await expect(addListEntry(as("analyst"), entry("dev_9"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeListEntry(as("analyst"), { entryId: "x" })).rejects.toMatchObject({ code: "forbidden" });
  const card = addListEntry(as("lead"), entry("4111111111111111", { kind: "card" }));
  await expect(card).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("value") });
  const past = addListEntry(as("lead"), entry("dev_9", { expiresAt: "2020-01-01T00:00:00Z" }));
  await expect(past).rejects.toMatchObject({ code: "invalid" });
});

test("a list is read newest first, a page at a time, each entry once", async () => {
  const values = Array.from({ length: 7 }, (_, i) => `mer_${i}`);
  for (const value of values) await addListEntry(as("lead"), entry(value, { kind: "merchant" }));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listEntries(as("viewer"), { list: "block", kind: "merchant", cursor, limit: 3 });
    seen.push(...page.rows.map(({ value }) => value));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(values.toReversed());
});

test("changes at the same time get revisions of their own, in the order in which they become visible", async () => {
  await Promise.all(Array.from({ length: 8 }, (_, i) => addListEntry(as("lead"), entry(`both_${i}`))));
  const stored = await database.db.listEntry.findMany({ where: { value: { startsWith: "both_" } } });
  expect(new Set(stored.map(({ addedRevision }) => addedRevision)).size).toBe(8);
  const { revision } = await database.db.listRevision.findFirstOrThrow();
  expect(stored.map(({ addedRevision }) => addedRevision).includes(revision)).toBe(true);
});
