import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, expect, test } from "vitest";
import { CrashInstallation } from "./installation.ts";
import { childrenOf } from "./kill-postgres.ts";
import { ask, startWatchedLoad, type Watched, type WatchedLoad } from "./watched-load.ts";

const LIMIT_MS = 2_000;
const MARGIN_MS = 400; // of a machine that runs all of this at once

let installation: CrashInstallation;
let load: WatchedLoad | null = null;
afterEach(async () => {
  await load?.stop();
  load = null;
  await installation.remove();
});

test("with PostgreSQL frozen every answer comes within two seconds, and scoring goes on when it thaws", async () => {
  installation = new CrashInstallation();
  await installation.start(true);
  load = startWatchedLoad(installation, 16);
  await sleep(500);
  const frozen = [installation.postgresPid, ...childrenOf(installation.postgresPid)];
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  const since = performance.now();
  await sleep(4_000);
  const during = load.answers(since);
  for (const pid of frozen.reverse()) process.kill(pid, "SIGCONT");
  expect(during.length).toBeGreaterThan(10);
  expectRefusedInTime(during);
  await expectRecovery(load);
  await expectNothingLost(load);
});

test("with no connection left scoring answers 503, and goes on when there is one", async () => {
  installation = new CrashInstallation();
  await installation.start(true);
  load = startWatchedLoad(installation, 8);
  await sleep(300);
  const hogs = await takeEveryConnection();
  const since = performance.now();
  await sleep(3_000);
  const during = load.answers(since);
  await Promise.all(hogs.map((hog) => hog.end()));
  expectRefusedInTime(during.slice(0, -8)); // the last may have met the first connection that came free
  await expectRecovery(load);
  await expectNothingLost(load);
});

const mayMount = process.platform === "linux" && process.getuid?.() === 0 && mountWorks();

test.skipIf(!mayMount)(
  "with the disk full nothing is approved unwritten, and scoring goes on with room again",
  async () => {
    installation = new CrashInstallation();
    mount(installation.folder, "160m");
    try {
      await installation.start(true);
      load = startWatchedLoad(installation, 8);
      await sleep(500);
      const filler = join(installation.folder, "filler");
      fill(filler, installation.folder);
      await expect.poll(() => load?.answers().at(-1)?.status, { timeout: 30_000 }).toBe(503);
      const since = performance.now();
      await sleep(2_500);
      expectRefusedInTime(load.answers(since).filter(({ status }) => status !== 200));
      expect(load.answers(since).some(({ status }) => status === 503)).toBe(true);
      rmSync(filler);
      if (!installation.postgresRuns) await installation.startPostgres(); // as the supervisor does
      await expectRecovery(load);
      await expectNothingLost(load);
    } finally {
      await load?.stop();
      await installation.stopAll();
      spawnSync("umount", ["-l", installation.folder]);
    }
  },
);

test("SIGTERM under load answers what it took, ends with 0, and loses nothing", async () => {
  installation = new CrashInstallation();
  await installation.start(true);
  load = startWatchedLoad(installation, 16);
  await sleep(700);
  expect(await installation.terminate("scoring")).toBe(0);
  await installation.startRole("scoring");
  await expectRecovery(load);
  await expectNothingLost(load);
});

function expectRefusedInTime(answers: readonly Watched[]): void {
  expect(answers.filter(({ ms }) => ms > LIMIT_MS + MARGIN_MS)).toEqual([]);
  for (const { status, retryAfter, contentType } of answers) {
    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: "1" });
    expect(contentType).toMatch(/^application\/problem\+json/);
  }
}

async function expectRecovery(running: WatchedLoad): Promise<void> {
  const since = performance.now();
  const decided = (): number => running.answers(since).filter(({ status }) => status === 200).length;
  await expect.poll(decided, { timeout: 30_000, interval: 100 }).toBeGreaterThan(20);
}

/** Every 200 is stored as answered, and whatever had no 200 is settled by sending the same bytes again. */
async function expectNothingLost(running: WatchedLoad): Promise<void> {
  await running.stop();
  const stored = await installation.query<{ id: string; response: string }>(
    "select transaction_id as id, response from decision",
  );
  const answers = new Map(stored.map(({ id, response }) => [id, response]));
  for (const { id, status, text } of running.answers())
    if (status === 200) expect(answers.get(id)).toBe(text);
  const open = running
    .answers()
    .filter(({ status }) => status !== 200)
    .slice(0, 50);
  for (const { id, body } of open) {
    const again = await ask(installation, body);
    expect(again.status).toBe(200);
    if (answers.has(id)) expect(again.text).toBe(answers.get(id)); // it had been committed after all
  }
  const [counts] = await installation.query<{ payments: number; decisions: number }>(
    "select (select count(*)::int from transaction) payments, (select count(*)::int from decision) decisions",
  );
  expect(counts?.decisions).toBe(counts?.payments);
}

/** Opens connections until nobody else has one, cutting those that others hold or get meanwhile. */
async function takeEveryConnection(): Promise<Client[]> {
  const hogs: Client[] = [];
  for (let others = Number.POSITIVE_INFINITY; others > 0; ) {
    const hog = new Client({ connectionString: installation.databaseUrl, application_name: "hog" });
    hog.on("error", () => {});
    try {
      await hog.connect();
      hogs.push(hog);
    } catch {
      const cut = await hogs[0]?.query(
        `select pg_terminate_backend(pid, 1000) from pg_stat_activity
         where application_name <> 'hog' and backend_type = 'client backend'`,
      );
      others = cut?.rowCount ?? 0;
    }
  }
  return hogs;
}

function mount(folder: string, size: string): void {
  const { status, stderr } = spawnSync(
    "mount",
    ["-t", "tmpfs", "-o", `size=${size},mode=755`, "tmpfs", folder],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
}

/** Takes all that is left of the folder's disk. */
function fill(file: string, folder: string): void {
  for (let size = 4_194_304; size >= 4_096; size /= 2) {
    for (;;) {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize < size) break;
      writeFileSync(file, Buffer.alloc(size), { flag: "a" });
    }
  }
}

function mountWorks(): boolean {
  const folder = "/tmp/assay-mount-probe";
  if (!existsSync(folder)) mkdirSync(folder);
  const works = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).status === 0;
  if (works) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
  return works;
}
