import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  addCaseFile,
  addNote,
  assignCases,
  caseFile,
  caseFiles,
  changesSince,
  claimCase,
  closeCase,
  escalateCase,
  holdCase,
  nextCase,
  readMentions,
  resumeCase,
  setTags,
  unreadMentions,
} from "./index.ts";
import { contextOf, seedCase, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const person = async (role: Role, name: string = role): Promise<ServiceContext> =>
  contextOf(database.db, await seedUser(database.db, role, name), now);
const idOf = (ctx: ServiceContext): string => (ctx.actor.kind === "user" ? ctx.actor.id : "");
const stored = (id: string) => database.db.case.findUniqueOrThrow({ where: { id } });
const actionsOn = async (subjectId: string): Promise<string[]> => {
  const rows = await database.db.auditEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } });
  return rows.map((row) => row.action);
};

test("a lead assigns cases, which ends others' claims; what is closed or theirs already is skipped and told", async () => {
  const [lead, bob, ada] = [await person("lead"), await person("analyst", "Bob"), await person("analyst")];
  const [free, held, theirs] = [
    await seedCase(database.db),
    await seedCase(database.db),
    await seedCase(database.db),
  ];
  await claimCase(ada, { caseId: held.id });
  await assignCases(lead, { caseIds: [theirs.id], userId: idOf(bob) });
  const caseIds = [free.id, held.id, theirs.id, "nowhere"];
  const done = await assignCases(lead, { caseIds, userId: idOf(bob) });
  expect([...done.assigned].sort()).toEqual([free.id, held.id].sort());
  expect(done.skipped.map((row) => row.caseId)).toEqual([theirs.id, "nowhere"]);
  expect(await stored(held.id)).toMatchObject({ ownerId: idOf(bob), assigneeId: null, version: 3 });
  expect(await actionsOn(free.id)).toEqual(["case.assign"]);
  const [line] = await database.db.caseEvent.findMany({ where: { caseId: free.id } });
  expect(line).toMatchObject({ kind: "assigned", body: { to: "Bob", version: 2 } });
});

test("an analyst takes what is nobody's and gives back their own, and gives nothing to others", async () => {
  const [ada, bob] = [await person("analyst", "Ada"), await person("analyst", "Bob")];
  const { id } = await seedCase(database.db);
  expect((await assignCases(ada, { caseIds: [id], userId: idOf(ada) })).assigned).toEqual([id]);
  expect((await assignCases(bob, { caseIds: [id], userId: idOf(bob) })).assigned).toEqual([]);
  expect((await assignCases(bob, { caseIds: [id], userId: null })).assigned).toEqual([]);
  const toOther = assignCases(ada, { caseIds: [id], userId: idOf(bob) });
  await expect(toOther).rejects.toMatchObject({ code: "forbidden" });
  expect(await stored(id)).toMatchObject({ ownerId: idOf(ada) });
  expect((await assignCases(ada, { caseIds: [id], userId: null })).assigned).toEqual([id]);
  const viewer = await person("viewer");
  const toViewer = assignCases(await person("lead"), { caseIds: [id], userId: idOf(viewer) });
  await expect(toViewer).rejects.toMatchObject({ code: "invalid" });
  await database.db.case.update({ where: { id }, data: { status: "closed", closedAt: now } });
});

test("escalated, a case is marked, free again and no longer the analyst's; another's case is not escalated", async () => {
  const [ada, bob] = [await person("analyst", "Ada"), await person("analyst", "Bob")];
  const { id } = await seedCase(database.db, { ownerId: idOf(ada) });
  const { version } = await claimCase(ada, { caseId: id });
  const input = { caseId: id, version, reason: "a mule ring" };
  await expect(escalateCase(bob, input)).rejects.toMatchObject({ code: "conflict" });
  await expect(escalateCase(await person("viewer"), input)).rejects.toMatchObject({ code: "forbidden" });
  expect(await escalateCase(ada, input)).toMatchObject({ holder: null, owner: null, version: version + 1 });
  expect(await stored(id)).toMatchObject({ escalatedAt: now });
  expect(await actionsOn(id)).toEqual(["case.claim", "case.escalate"]);
  await expect(escalateCase(ada, input)).rejects.toMatchObject({ code: "conflict" });
  await database.db.case.update({ where: { id }, data: { status: "closed", closedAt: now } });
});

test("held back, a case is passed over until it is resumed; neither goes twice", async () => {
  const ada = await person("analyst", "Ada");
  await database.db.case.updateMany({ where: { status: "open" }, data: { status: "closed", closedAt: now } });
  const { id } = await seedCase(database.db);
  const held = await holdCase(ada, { caseId: id, version: 1, reason: "waits for the bank" });
  expect(held.heldAt).toBe(now.toISOString());
  expect(await nextCase(ada)).toBeNull();
  const again = holdCase(ada, { caseId: id, version: held.version, reason: "still" });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  await expect(resumeCase(ada, { caseId: id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
  const open = await resumeCase(ada, { caseId: id, version: held.version });
  expect(open.heldAt).toBeNull();
  await expect(resumeCase(ada, { caseId: id, version: open.version })).rejects.toMatchObject({
    message: expect.stringContaining("is not held back"),
  });
  expect((await nextCase(ada))?.id).toBe(id);
  expect(await actionsOn(id)).toEqual(["case.hold", "case.resume", "case.claim"]);
});

test("tags are kept once and in order; set from an old view they are a conflict", async () => {
  const ada = await person("analyst", "Ada");
  const { id } = await seedCase(database.db);
  const row = await setTags(ada, { caseId: id, version: 1, tags: ["vip", "mule", "vip"] });
  expect(row).toMatchObject({ tags: ["mule", "vip"], version: 2 });
  const stale = setTags(ada, { caseId: id, version: 1, tags: [] });
  await expect(stale).rejects.toMatchObject({ code: "conflict" });
  expect(await stored(id)).toMatchObject({ tags: ["mule", "vip"] });
  const [audit] = await database.db.auditEvent.findMany({ where: { subjectId: id } });
  expect(audit).toMatchObject({ action: "case.tag", before: { tags: [] }, after: { tags: ["mule", "vip"] } });
  await expect(setTags(await person("viewer"), { caseId: id, version: 2, tags: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("whoever a note names finds it unread, once, until they have read it", async () => {
  const [ada, bob] = [await person("analyst", "Ada"), await person("lead", "Bob")];
  const { email } = await database.db.user.findUniqueOrThrow({ where: { id: idOf(bob) } });
  const { id } = await seedCase(database.db);
  const text = `@[${idOf(bob)}] and @${email}, please look; @[nobody] too`;
  expect(await addNote(ada, { caseId: id, text })).toMatchObject({ mentioned: [{ name: "Bob" }] });
  expect(await unreadMentions(bob)).toMatchObject([{ caseId: id, by: { name: "Ada" }, text }]);
  expect(await unreadMentions(ada)).toEqual([]);
  expect(await readMentions(ada, { caseId: id })).toEqual({ read: 0 });
  expect(await readMentions(bob, { caseId: id })).toEqual({ read: 1 });
  expect(await unreadMentions(bob)).toEqual([]);
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("a file is kept with its hash and comes back byte for byte; the content must be what the name says", async () => {
  const ada = await person("analyst", "Ada");
  const { id } = await seedCase(database.db);
  const added = await addCaseFile(ada, { caseId: id, name: "call.txt", base64: base64("Anruf um 9 Uhr ☎") });
  expect(added).toMatchObject({ contentType: "text/plain", sizeBytes: 18, uploadedBy: { name: "Ada" } });
  expect(await caseFiles(ada, { caseId: id })).toEqual([added]);
  const read = await caseFile(await person("viewer"), { caseId: id, fileId: added.id });
  expect(Buffer.from(read.base64, "base64").toString()).toBe("Anruf um 9 Uhr ☎");
  expect(await actionsOn(id)).toEqual(["case.file"]);
  const refused: [string, string][] = [
    ["proof.pdf", base64("no pdf at all")],
    ["page.html", base64("<p>")],
    ["note.txt", base64("%PDF-1.7 in disguise")],
    ["note.txt", base64("the card is 4242 4242 4242 4242")],
    ["list.csv", base64("name,card\nAda,4242424242424242")],
    ["empty.txt", ""],
  ];
  for (const [name, content] of refused) {
    const add = addCaseFile(ada, { caseId: id, name, base64: content });
    await expect(add).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await database.db.caseFile.count({ where: { caseId: id } })).toBe(1);
  const viewer = addCaseFile(await person("viewer"), { caseId: id, name: "a.txt", base64: base64("a") });
  await expect(viewer).rejects.toMatchObject({ code: "forbidden" });
});

test("of many files added at once a case keeps twenty, and one case's file is not read through another", async () => {
  const ada = await person("analyst", "Ada");
  const [one, other] = [await seedCase(database.db), await seedCase(database.db)];
  const add = (place: number) =>
    addCaseFile(ada, { caseId: one.id, name: `${place}.txt`, base64: base64("x") });
  const results = await Promise.allSettled(Array.from({ length: 23 }, (_, place) => add(place)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(20);
  const [file] = await caseFiles(ada, { caseId: one.id });
  const stolen = caseFile(ada, { caseId: other.id, fileId: file?.id ?? "" });
  await expect(stolen).rejects.toMatchObject({ code: "not_found" });
});

test("after a conflict both versions are known: who changed what since the one that was seen", async () => {
  const [ada, lea] = [await person("analyst", "Ada"), await person("lead", "Lea")];
  const { id } = await seedCase(database.db);
  const seen = await claimCase(ada, { caseId: id });
  await assignCases(lea, { caseIds: [id], userId: idOf(lea) });
  await setTags(lea, { caseId: id, version: seen.version + 1, tags: ["mule"] });
  const close = closeCase(ada, { caseId: id, disposition: "fraud", version: seen.version });
  await expect(close).rejects.toMatchObject({ code: "conflict" });
  const { now: current, changes } = await changesSince(ada, { caseId: id, version: seen.version });
  expect(current).toMatchObject({ version: seen.version + 2, owner: { name: "Lea" }, tags: ["mule"] });
  expect(changes).toMatchObject([
    { kind: "assigned", actor: { name: "Lea" }, to: "Lea", version: seen.version + 1 },
    { kind: "tagged", tags: ["mule"], version: seen.version + 2 },
  ]);
  expect((await changesSince(ada, { caseId: id, version: current.version })).changes).toEqual([]);
});
