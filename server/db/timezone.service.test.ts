import { expect, test } from "vitest";
import { openDatabase } from "./client.ts";
import { openPool } from "./pool.ts";
import { createTestDatabase } from "./testing/test-database.ts";

test("times survive a server whose time zone is not UTC", async () => {
  const database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await database.db.$executeRawUnsafe(`alter database ${name} set timezone = 'Asia/Kolkata'`);
  const db = openDatabase(database.url);
  const pool = openPool(database.url, 1);
  const at = new Date("2026-11-20T10:15:30.123Z");
  const row = { at, actorKind: "system", actorName: "test", action: "x", subjectType: "y", subjectId: "z" };
  await db.auditEvent.create({ data: row });
  const { rows } = await pool.query<{ at: Date }>("select at from audit_event");
  expect((await db.auditEvent.findFirstOrThrow()).at).toEqual(at);
  expect(rows[0]?.at).toEqual(at);
  await pool.end();
  await db.$disconnect();
  await database.drop();
});
