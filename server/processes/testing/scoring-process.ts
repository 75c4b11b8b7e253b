import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generateApiKey } from "#server/auth/api-key.ts";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import { openPool } from "#server/db/pool.ts";
import type { Scope } from "#server/domain/permission.ts";
import { handMadeArtifact, promoteArtifact } from "#server/scoring/testing/champion.ts";
import { uuidV7 } from "#server/scoring/uuid-v7.ts";

const READY_LIMIT_MS = 60_000;

export type ScoringProcess = {
  readonly url: string;
  /** A key with both scopes. */
  readonly key: string;
  /** All that it has written to its log and to standard error. */
  output(): string;
  /** True until it ended. */
  runs(): boolean;
  stop(): Promise<void>;
};

/** The scoring server in a process of its own, over a migrated database, with a champion and a key. */
export async function startScoringProcess(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ScoringProcess> {
  const key = await prepare(databaseUrl, ["score", "label"]);
  const folder = mkdtempSync(join(tmpdir(), "assay-scoring-"));
  const port = await freePort(0);
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../scoring.ts")], {
    env: {
      ...process.env,
      NODE_ENV: "test",
      DATABASE_URL: databaseUrl,
      SCORING_PORT: String(port),
      ASSAY_DATA_DIR: folder,
      AUTH_SECRET: randomBytes(24).toString("hex"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text: Buffer) => {
      output += text.toString();
    });
  await untilReady(child, () => output);
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    output: () => output,
    runs: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const ended = once(child, "exit").then(() => Promise.reject(new Error(`it ended:\n${output()}`)));
  await Promise.race([once(child, "message", { signal: AbortSignal.timeout(READY_LIMIT_MS) }), ended]);
}

async function prepare(databaseUrl: string, scopes: readonly Scope[]): Promise<string> {
  const { key, prefix, hash } = generateApiKey(randomBytes);
  const pool = openPool(databaseUrl, 1);
  await promoteArtifact(pool, handMadeArtifact());
  await pool.query(
    "insert into api_key (id, name, prefix, hash, scopes, created_at) values ($1, 'test', $2, $3, $4, now())",
    [uuidV7(Date.now()), prefix, Buffer.from(hash), scopes],
  );
  await pool.end();
  return key;
}
