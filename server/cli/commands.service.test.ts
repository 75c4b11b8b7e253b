import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { decideLog, writeDecisions } from "#server/services/training/testing/serve-log.ts";
import { type TrainedLog, trainedLog } from "#server/services/training/testing/trained-log.ts";

let database: TestDatabase;
let trained: TrainedLog;
const dataDir = mkdtempSync(join(tmpdir(), "assay-commands-"));

beforeAll(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url, 3);
  trained = await trainedLog(database.db, pool);
  const { payments } = trained.log;
  await writeDecisions(pool, await decideLog(pool, payments, trained), trained);
  await pool.end();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function run(command: string, ...args: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    ASSAY_DATA_DIR: dataDir, // artefacts are kept in it
    LOG_LEVEL: "info",
  };
  const file = resolve(import.meta.dirname, `${command}.ts`);
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((done) => child.once("close", (code) => done({ code, out, err })));
}

test("train makes a candidate and prints its table; promote takes its number; rollback returns", async () => {
  const first = await run("promote", "1");
  expect(first).toMatchObject({ code: 0, out: "Version 1 (rules) is the champion now.\n" });
  const training = await run("train", "--families", "logistic_regression", "--seed", "4");
  expect(training).toMatchObject({ code: 0, err: "" });
  expect(training.out).toContain("*  logistic_regression");
  expect(training.out).toContain("Champion (version 1) on the same payments: AP ");
  expect(training.out).toContain("served feature vectors compared with replay: all equal.");
  expect(training.out).toContain("Version 2 is a candidate: npm run promote -- 2");
  expect((await run("promote", "2")).code).toBe(0);
  expect(await run("rollback")).toMatchObject({ code: 0, out: "Version 1 (rules) is the champion again.\n" });
  expect(await run("rollback")).toMatchObject({
    code: 1,
    err: "No champion came before version 1.\n",
  });
});

test("a training under way makes the next one a conflict in one line", async () => {
  const data = { requestedAt: new Date(), options: {} };
  const { id } = await database.db.trainingRun.create({ data });
  expect(await run("train")).toMatchObject({
    code: 1,
    err: "A training is under way already; wait for it or cancel it.\n",
  });
  await database.db.trainingRun.delete({ where: { id } });
});

test("replay-check finds the log consistent and says how much it compared", async () => {
  const [whole, sampled] = await Promise.all([run("replay-check"), run("replay-check", "--sample", "50")]);
  const count = trained.log.payments.length.toLocaleString("en");
  expect(whole).toMatchObject({ code: 0, err: "" });
  expect(whole.out).toContain(`features: ${count} vectors compared, 0 differ`);
  expect(sampled.code).toBe(0);
  expect(sampled.out).toMatch(/features: \d\d vectors compared, 0 differ/);
});

test("a key is alone on stdout, and can be revoked by its name", async () => {
  const created = await run("key", "create", "shop", "--scopes", "score");
  expect(created.out).toMatch(/^assay_\w{40}\n$/);
  expect((await run("key", "list")).out).toContain("shop  [score]  active");
  expect((await run("key", "revoke", "shop")).code).toBe(0);
  expect((await database.db.apiKey.findFirstOrThrow()).revokedAt).not.toBeNull();
});

test("a user gets a generated password where there is no terminal", async () => {
  const { code, out } = await run("user", "create", "me@example.com", "--role", "admin");
  expect(code).toBe(0);
  expect(out).toMatch(/^me@example.com is admin now\.\nPassword, shown this once: (\w{5}-){3}\w{5}\n$/);
});

test("a user is listed, gets another role and password, and is locked out", async () => {
  await run("user", "create", "you@example.com", "--role", "analyst");
  expect((await run("user", "role", "you@example.com", "--role", "lead")).out).toContain("is lead now");
  expect((await run("user", "password", "you@example.com")).out).toContain("Password, shown this once: ");
  expect((await run("user", "disable", "you@example.com")).code).toBe(0);
  expect((await run("user", "list")).out).toContain("you@example.com  lead  disabled");
  expect((await run("user", "password", "nobody@example.com")).err).toContain(
    "There is no user nobody@example.com",
  );
});

test("--help shows the usage and is no failure", async () => {
  const { code, out, err } = await run("promote", "--help");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("Usage: npm run promote");
});

test.concurrent.each([
  ["train", ["--families", "oracle"], 'There is no family "oracle"'],
  ["promote", [], "Say which version"],
  ["rollback", ["2"], "Unexpected argument '2'"],
  ["user", ["create", "me@example.com"], "Say the role."],
] as const)("%s %j is answered with the usage", async (command, args, complaint) => {
  const { code, err, out } = await run(command, ...args);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain(complaint);
  expect(err).toContain(`\nUsage: npm run ${command}`);
});
