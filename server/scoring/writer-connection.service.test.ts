import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { type FlakyDatabase, flakyDatabase } from "./testing/flaky-database.ts";
import { isRefusal, WriterConnection } from "./writer-connection.ts";

let database: TestDatabase;
let flaky: FlakyDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.$executeRawUnsafe("create table note (id int primary key, text text not null)");
  flaky = await flakyDatabase(database.url);
});
afterAll(async () => {
  await flaky.close();
  await database.drop();
});

const noteIds = (writer: WriterConnection) =>
  writer.read<[number]>({ text: "select id from note order by id" });

test("a statement is a refusal when the data is wrong, and the connection goes on", async () => {
  const writer = new WriterConnection(database.url, () => {});
  await writer.reconnect();
  await writer.write({ text: "insert into note values (1, 'a')" });
  const repeated = await writer.write({ text: "insert into note values (1, 'b')" }).catch((e: unknown) => e);
  expect([isUniqueViolation(repeated), isRefusal(repeated)]).toEqual([true, true]);
  const wrong = await writer.write({ text: "insert into note values (2, null)" }).catch((e: unknown) => e);
  expect([isUniqueViolation(wrong), isRefusal(wrong)]).toEqual([false, true]);
  expect(isRefusal(new Error("Connection terminated"))).toBe(false);
  expect(await noteIds(writer)).toEqual([[1]]);
  await writer.close();
});

test("after a reconnection nothing that was begun before can still take effect", async () => {
  const writer = new WriterConnection(flaky.url, () => {});
  await writer.reconnect();
  const slow = writer.write({ text: "insert into note select 50, 'late' from pg_sleep(0.9)" });
  const failed = expect(slow).rejects.toThrow();
  await sleep(100);
  await writer.reconnect();
  const before = await noteIds(writer);
  await sleep(1_000);
  expect(await noteIds(writer)).toEqual(before);
  await failed;
  await writer.close();
});

test("a connection that breaks by itself is told, one that was given up is not", async () => {
  const lost: unknown[] = [];
  const writer = new WriterConnection(flaky.url, (error) => lost.push(error));
  await writer.reconnect();
  writer.abandon();
  await writer.reconnect();
  expect(lost).toEqual([]);
  const pool = openPool(database.url, 1);
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'assay-scoring-%'",
  );
  await pool.end();
  await expect.poll(() => lost.length).toBeGreaterThan(0);
  await writer.close().catch(() => {});
});
