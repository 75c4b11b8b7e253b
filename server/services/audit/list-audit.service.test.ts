import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { recordAudit, type ServiceContext } from "#server/services/context.ts";
import { ListAuditInput, listAudit } from "./index.ts";

let database: TestDatabase;
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));

function as(role: Role, name = "Lea", hour = 12): ServiceContext {
  return { db: database.db, actor: { kind: "user", id: name, name, role }, now: () => at(hour) };
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const write = (ctx: ServiceContext, action: string, subjectId: string): Promise<void> =>
    db.$transaction((tx) =>
      recordAudit(tx, ctx, { action, subjectType: action.split(".")[0] ?? "", subjectId, after: { n: 1 } }),
    );
  await write(as("analyst", "Ada", 1), "case.claim", "c1");
  await write(as("analyst", "Ada", 2), "case.close", "c1");
  await write(as("lead", "Lea", 3), "policy.activate", "p1");
  await write({ ...as("lead", "", 4), actor: { kind: "job", name: "retrain" } }, "model.train", "m1");
  await write(as("analyst", "Bob", 5), "case.close", "c2");
});
afterAll(async () => {
  await database.drop();
});

async function actions(input: Partial<ListAuditInput>): Promise<string[]> {
  const { rows } = await listAudit(as("lead"), ListAuditInput.parse(input));
  return rows.map((row) => `${row.actorName} ${row.action} ${row.subjectId}`);
}

test("newest first, a page at a time, without gaps or repeats", async () => {
  const first = await listAudit(as("lead"), ListAuditInput.parse({ limit: 2 }));
  const second = await listAudit(as("lead"), ListAuditInput.parse({ limit: 3, cursor: first.nextCursor }));
  expect([...first.rows, ...second.rows].map((row) => row.at)).toEqual(
    [5, 4, 3, 2, 1].map((hour) => at(hour).toISOString()),
  );
  expect(second.nextCursor).toBeNull();
  expect(first.rows[0]).toMatchObject({ before: null, after: { n: 1 }, actorKind: "user" });
});

test("filters by action or its family, actor, kind of actor, subject and time", async () => {
  expect(await actions({ action: "case" })).toEqual([
    "Bob case.close c2",
    "Ada case.close c1",
    "Ada case.claim c1",
  ]);
  expect(await actions({ action: "case.claim" })).toEqual(["Ada case.claim c1"]);
  expect(await actions({ actor: "bo" })).toEqual(["Bob case.close c2"]);
  expect(await actions({ actorKind: "job" })).toEqual(["retrain model.train m1"]);
  expect(await actions({ subjectType: "case", subjectId: "c2" })).toEqual(["Bob case.close c2"]);
  expect(await actions({ from: at(3), to: at(4) })).toEqual(["Lea policy.activate p1"]);
});

test.each(["viewer", "analyst"] as const)("a %s may not read the audit log", async (role) => {
  await expect(listAudit(as(role), ListAuditInput.parse({}))).rejects.toMatchObject({ code: "forbidden" });
});
