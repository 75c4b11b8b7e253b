import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { contextOf, seedUser } from "../case/testing/seed.ts";
import { changeView, deleteView, listViews, saveView } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
const person = async (role: Role) => contextOf(database.db, await seedUser(database.db, role), now);

test("a view is its owner's until a lead shares it; then everyone sees it and leads may change it", async () => {
  const [lead, other, analyst] = [await person("lead"), await person("lead"), await person("analyst")];
  const view = await saveView(lead, { name: "Mules", query: "tag=mule&order=due" });
  expect(await listViews(lead)).toEqual([view]);
  expect(await listViews(analyst)).toEqual([]);
  await expect(deleteView(analyst, { viewId: view.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(changeView(other, { viewId: view.id, name: "x" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await changeView(lead, { viewId: view.id, shared: true })).toMatchObject({ shared: true });
  expect(await listViews(analyst)).toMatchObject([{ name: "Mules", isMine: false }]);
  await expect(changeView(analyst, { viewId: view.id, name: "Mine" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await changeView(other, { viewId: view.id, name: "Mule ring" })).toMatchObject({
    name: "Mule ring",
  });
  await deleteView(lead, { viewId: view.id });
  expect(await listViews(analyst)).toEqual([]);
  const audited = await database.db.auditEvent.findMany({
    where: { subjectId: view.id },
    orderBy: { seq: "asc" },
  });
  expect(audited.map((row) => row.action)).toEqual([
    "saved_view.save",
    "saved_view.change",
    "saved_view.change",
    "saved_view.delete",
  ]);
});

test("an analyst shares nothing, names are taken once per person, and card numbers are refused", async () => {
  const [ada, bob] = [await person("analyst"), await person("analyst")];
  const view = await saveView(ada, { name: "Today", query: "" });
  await expect(changeView(ada, { viewId: view.id, shared: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(saveView(ada, { name: "Today", query: "x" })).rejects.toMatchObject({ code: "conflict" });
  expect(await saveView(bob, { name: "Today", query: "x" })).toMatchObject({ isMine: true });
  const query = "q=4242424242424242";
  await expect(saveView(ada, { name: "Card", query })).rejects.toMatchObject({ code: "invalid" });
});
