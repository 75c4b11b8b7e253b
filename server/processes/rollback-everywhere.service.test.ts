import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "#server/api/root.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { followChanges } from "#server/scoring/follow-changes.ts";
import { handMadeArtifact } from "#server/scoring/testing/champion.ts";
import { paymentBody } from "#server/scoring/testing/payments.ts";
import { startTestServer, type TestServer } from "#server/scoring/testing/scoring-server.ts";
import { contextOf, seedUser } from "#server/services/case/testing/seed.ts";
import { promoteModel, storeArtifact } from "#server/services/model/index.ts";

/** Far more than the two seconds that are promised, so that a busy machine fails nothing. */
const LIMIT_MS = 20_000;

type Followed = { readonly server: TestServer; readonly headers: Record<string, string> };

let database: TestDatabase;
let servers: Followed[];
let following: { stop(): Promise<void> }[];
let dataDir: string;
let clockMs = Date.UTC(2026, 10, 20);

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-rollback-"));
  database = await createTestDatabase();
  const started = [await startTestServer(database.url), await startTestServer(database.url)];
  servers = await Promise.all(
    started.map(async (server) => ({ server, headers: await server.headers("score") })),
  );
  following = started.map((server) => followChanges(database.url, (what) => server.engine.follow(what)));
});
afterAll(async () => {
  await Promise.all(following.map((one) => one.stop()));
  for (const { server } of servers) await server.close();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

async function version(base: number): Promise<string> {
  const artifact = handMadeArtifact(undefined, undefined, base);
  const at = new Date(clockMs);
  const { id } = await database.db.modelVersion.create({
    data: {
      family: artifact.family,
      featureSetName: artifact.featureSet.name,
      featureSetVersion: artifact.featureSet.version,
      artifactHash: await storeArtifact(database.db, artifact),
      createdAt: at,
      trainedFrom: at,
      trainedTo: at,
      metrics: {},
    },
  });
  return id;
}

/** A person who may, and a clock that moves on with each change. */
const owner = (user: { id: string; role: "admin" }) => ({
  ...contextOf(database.db, { ...user, name: "Ada" }, new Date(clockMs)),
  now: () => {
    clockMs += 1_000;
    return new Date(clockMs);
  },
});

/** Resolves once every server decides payments by this version, with the milliseconds that it took each. */
async function untilAllDecideBy(id: string, since: number): Promise<number[]> {
  const took = await Promise.all(
    servers.map(async ({ server }) => {
      while (server.engine.championId !== id && performance.now() - since < LIMIT_MS)
        await new Promise((later) => setTimeout(later, 2));
      return performance.now() - since;
    }),
  );
  for (const [i, { server, headers }] of servers.entries()) {
    const payload = JSON.stringify(paymentBody({ id: `pay_${id}_${i}` }));
    const answer = await server.app.inject({ method: "POST", url: "/v1/score", headers, payload });
    expect(answer.json()).toMatchObject({ modelVersion: id });
  }
  return took;
}

function command(): Promise<number> {
  const file = resolve(import.meta.dirname, "../cli/rollback.ts");
  const env = { ...process.env, DATABASE_URL: database.url, ASSAY_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [file], { env, stdio: "ignore" });
  return new Promise((done) => child.once("close", (code) => done(code ?? 1)));
}

async function untilAllListen(): Promise<void> {
  const listeners =
    "select 1 from pg_stat_activity where application_name = 'assay-scoring-listener' and state = 'idle'";
  const pool = servers[0]?.server.pool;
  await expect.poll(async () => (await pool?.query(listeners))?.rowCount, { timeout: LIMIT_MS }).toBe(2);
}

test("a rollback, by button and by command, is what both scoring servers decide by, without a restart", async () => {
  const user = { id: (await seedUser(database.db, "admin", "Ada")).id, role: "admin" } as const;
  const ctx = owner(user);
  await untilAllListen();
  const versions: string[] = [];
  for (let i = 0; i < 6; i++) {
    const id = await version(-6 + i / 2);
    versions.push(id);
    await promoteModel(ctx, { versionId: id });
  }
  await untilAllDecideBy(versions.at(-1) ?? "", performance.now());
  const scoring = servers[0]?.server.service.port;
  if (scoring === undefined) throw new Error("no server");
  const button = createCaller({ db: database.db, actor: ctx.actor, now: ctx.now, scoring });
  const measured: string[] = [];
  for (let back = versions.length - 2; back >= 0; back--) {
    const byCommand = back === 2;
    if (byCommand) expect(await command()).toBe(0);
    const pressed = performance.now();
    if (!byCommand) await button.model.rollback();
    const took = await untilAllDecideBy(versions[back] ?? "", pressed);
    if (!byCommand) measured.push(took.map((ms) => ms.toFixed(0)).join(" and "));
  }
  console.info(`from the button to both servers, in ms: ${measured.join("; ")}`);
});
