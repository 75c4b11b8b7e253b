import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import type { CleanUp } from "./clean-up.ts";

export type RedisServer = { readonly url: string; readonly pid: number; stop(): Promise<void> };

const FIRST_PORT = 41_250;
const READY_LIMIT_MS = 10_000;

/** Whether there is a redis-server to start. */
export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** Starts an empty Redis that keeps nothing on disk. */
export async function startRedis(cleanUp: CleanUp): Promise<RedisServer> {
  const port = await freePort(FIRST_PORT);
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", args, { cwd: "/tmp", stdio: "ignore", detached: true });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  cleanUp.add(stop);
  const limitMs = performance.now() + READY_LIMIT_MS;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > limitMs) throw new Error("redis-server did not start");
    await sleep(20);
  }
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid ?? -1, stop };
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
