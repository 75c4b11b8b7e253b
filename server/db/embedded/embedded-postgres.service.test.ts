import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeEmbeddedData, runningEmbeddedUrl, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { fallbackHome } from "./unprivileged.ts";

let parent = "";
let folder = "";

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "assay-embedded-")); // mode 700: only its owner may enter
  folder = join(parent, "data");
  mkdirSync(folder);
});
afterEach(async () => {
  await removeEmbeddedData(folder);
  rmSync(parent, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("what was committed is there after kill -9 of the server, and a left-over lock is no obstacle", async () => {
  const first = await startEmbeddedPostgres(folder);
  await query(first.url, "create table kept as select 7 as value");
  process.kill(first.pid, "SIGKILL");
  await sleep(300);
  const second = await startEmbeddedPostgres(folder);
  expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
  await second.stop();
});

test("a server whose parent was killed is stopped and taken over", async () => {
  const orphan = await startEmbeddedPostgres(folder);
  await query(orphan.url, "create table kept as select 8 as value");
  const next = await startEmbeddedPostgres(folder);
  expect(next.pid).not.toBe(orphan.pid);
  expect(await query(next.url, "select value from kept")).toEqual([{ value: 8 }]);
  expect(await runningEmbeddedUrl(folder)).toBe(next.url);
  await next.stop();
  expect(await runningEmbeddedUrl(folder)).toBeNull();
});

test("who deletes the data folder begins with an empty database", async () => {
  const first = await startEmbeddedPostgres(folder);
  await query(first.url, "create table kept as select 9 as value");
  await first.stop();
  const home = fallbackHome(folder);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const second = await startEmbeddedPostgres(folder);
  expect(await query(second.url, "select to_regclass('kept') as found")).toEqual([{ found: null }]);
  await second.stop();
  if (home !== null) rmSync(home, { recursive: true, force: true });
});

test.runIf(process.getuid?.() === 0)(
  "as root, data leave a folder that only root can enter, and go with it",
  async () => {
    const postgres = await startEmbeddedPostgres(folder);
    await postgres.stop();
    const home = fallbackHome(folder);
    expect(home).toMatch(/^\/var\/lib\/assay\//);
    await removeEmbeddedData(folder);
    expect(existsSync(home ?? "")).toBe(false);
  },
);

test.runIf(process.getuid?.() === 0)(
  "as root, data stay in a data folder that others can enter",
  async () => {
    chmodSync(parent, 0o755);
    const postgres = await startEmbeddedPostgres(folder);
    await postgres.stop();
    expect(fallbackHome(folder)).toBeNull();
    expect(existsSync(join(folder, "postgres", "PG_VERSION"))).toBe(true);
  },
);
