import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";

export type TestRedis = {
  readonly url: string;
  readonly pid: number;
  /** Forgets everything, as one that is started again without its data. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

const PROGRAMS = ["redis-server", "valkey-server"];
const START_LIMIT_MS = 10_000;

/**
 * A Redis server of a test's own.
 * @throws Error with one line that says what to install when the machine has none.
 */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "assay-redis-"));
  const port = await freePort(0);
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const child = spawn(redisProgram(), options, { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  await waitUntilReady(url, child);
  return {
    url,
    pid: child.pid ?? -1,
    flush: async () => {
      await ask(url, (client) => client.flushAll());
    },
    async stop() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The Redis of the machine; as root on Debian it is installed when it is missing. */
function redisProgram(): string {
  const found = (): string | undefined =>
    PROGRAMS.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
  const present = found();
  if (present !== undefined) return present;
  if (process.getuid?.() === 0) {
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "redis-server"], {
      stdio: "ignore",
    });
  }
  const installed = found();
  if (installed !== undefined) return installed;
  throw new Error(
    "No Redis server to test with: install redis-server or valkey-server (Debian: apt-get install redis-server).",
  );
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && child.exitCode === null) {
    const answer = await ask(url, (client) => client.ping()).catch(() => null);
    if (answer !== null) return;
    await sleep(50);
  }
  throw new Error("the Redis server of the test did not start");
}

async function ask<T>(
  url: string,
  work: (client: ReturnType<typeof createClient>) => Promise<T>,
): Promise<T> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client as ReturnType<typeof createClient>);
  } finally {
    client.destroy();
  }
}
