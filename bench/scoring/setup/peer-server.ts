import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import type { CleanUp } from "./clean-up.ts";

export type PeerServer = { readonly port: number; readonly pid: number };

const SOURCE = resolve(import.meta.dirname, "../../../../shared/peers/fastapi-xgboost");
const PYTHON = "/usr/bin/python3";
const MODULES = "fastapi, uvicorn, asyncpg, xgboost, uvloop, httptools";
const FIRST_PORT = 41_240;
const READY_LIMIT_MS = 60_000;

/** Null when the peer can be run here, else one line that says what is missing. */
export function peerProblem(): string | null {
  if (!existsSync(join(SOURCE, "app.py"))) return `The peer is not at ${SOURCE}: only ours is measured.`;
  const { status } = spawnSync(PYTHON, ["-c", `import ${MODULES}`]);
  if (status === 0) return null;
  return `The peer needs ${PYTHON} with ${MODULES} (Debian: python3-fastapi uvicorn python3-asyncpg python3-xgboost python3-uvloop python3-httptools): only ours is measured.`;
}

/** Starts the peer as the head of its app.py says, two workers, on a copy in `folder` with its model fitted there. */
export async function startPeer(folder: string, databaseUrl: string, cleanUp: CleanUp): Promise<PeerServer> {
  const home = join(folder, "peer");
  mkdirSync(home, { recursive: true });
  for (const file of ["app.py", "train.py"]) copyFileSync(join(SOURCE, file), join(home, file));
  if (!existsSync(join(home, "model.json")))
    execFileSync(PYTHON, ["train.py"], { cwd: home, stdio: "ignore" });
  const port = await freePort(FIRST_PORT);
  const logFile = join(home, "peer.log");
  const log = openSync(logFile, "w");
  const args = ["-m", "uvicorn", "app:app", "--workers", "2", "--port", String(port), "--no-access-log"];
  const child = spawn(PYTHON, args, {
    cwd: home,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  cleanUp.add(() => end(child));
  const limitMs = performance.now() + READY_LIMIT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > limitMs) {
      throw new Error(`the peer did not start:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
    }
    await sleep(100);
  }
  return { port, pid: child.pid ?? -1 };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/openapi.json`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}

/** The workers go with their supervisor. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const group = -child.pid;
  const timer = setTimeout(() => process.kill(group, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(timer);
}
