import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const processRoles = ["web", "scoring", "worker"] as const;
export type ProcessRole = (typeof processRoles)[number];

export type SupervisorOptions = {
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  /** Also copy what the processes write to this terminal, a prefix on each line. */
  readonly echo: boolean;
  readonly onEvent: (message: string) => void;
};

export type Supervisor = {
  /** Starts a process and waits until it says that it is ready. @throws Error when it ends before that. */
  start(name: string, file: string, args?: readonly string[]): Promise<void>;
  /** Asks every process to drain (SIGTERM), newest first, and kills what has not ended within the grace time. */
  stop(): Promise<void>;
};

const READY_TIMEOUT_MS = 120_000;
const GRACE_MS = 15_000;
const HEALTHY_AFTER_MS = 30_000;
const SERVER_FOLDER = resolve(import.meta.dirname, "..");

type Supervised = { readonly name: string; child: ChildProcess };

/**
 * Runs the parts of Assay as child processes: waits for each to be ready, starts one again that ends unasked
 * (with growing pauses), and ends them in order. A child whose supervisor is gone ends itself, by its IPC channel.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const running: Supervised[] = [];
  let stopping = false;
  mkdirSync(join(options.dataDir, "logs"), { recursive: true });

  const launch = (name: string, file: string, args: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, [join(SERVER_FOLDER, file), ...args], {
      env: options.env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true, // Ctrl-C reaches the supervisor alone, which ends the others in order
    });
    const log = createWriteStream(join(options.dataDir, "logs", `${name}.log`), { flags: "a" });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.pipe(log, { end: false });
      if (options.echo) stream?.pipe(process.stdout, { end: false });
    }
    return child;
  };

  const keepAlive = (entry: Supervised, file: string, args: readonly string[], attempt: number): void => {
    const started = Date.now();
    entry.child.once("exit", async (code, signal) => {
      if (stopping) return;
      const next = Date.now() - started > HEALTHY_AFTER_MS ? 0 : attempt + 1;
      const pauseMs = Math.min(30_000, 500 * 2 ** next);
      options.onEvent(
        `${entry.name} ended unasked (${signal ?? code}); starting it again in ${pauseMs / 1000} s`,
      );
      await sleep(pauseMs);
      if (stopping) return;
      entry.child = launch(entry.name, file, args);
      keepAlive(entry, file, args, next);
    });
  };

  return {
    start: async (name, file, args = []) => {
      const child = launch(name, file, args);
      const entry = { name, child };
      running.push(entry);
      await untilReady(name, child, join(options.dataDir, "logs", `${name}.log`));
      keepAlive(entry, file, args, 0);
    },
    stop: async () => {
      stopping = true;
      for (const { child } of running.reverse()) await endProcess(child);
    },
  };
}

function untilReady(name: string, child: ChildProcess, logFile: string): Promise<void> {
  return new Promise((done, failed) => {
    const timer = setTimeout(
      () => finish(new Error(`${name} was not ready in time; see ${logFile}`)),
      READY_TIMEOUT_MS,
    );
    const onExit = (code: number | null): void =>
      finish(new Error(`${name} ended with ${code}; see ${logFile}`));
    const onMessage = (message: unknown): void => {
      if (typeof message === "object" && message !== null && "ready" in message) finish(null);
    };
    const finish = (error: Error | null): void => {
      clearTimeout(timer);
      child.off("exit", onExit);
      child.off("message", onMessage);
      if (error === null) done();
      else failed(error);
    };
    child.on("exit", onExit);
    child.on("message", onMessage);
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
