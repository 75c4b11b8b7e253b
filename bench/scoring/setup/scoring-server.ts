import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import type { CleanUp } from "./clean-up.ts";

export type ScoringServerOptions = {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly redisUrl: string | null;
  /** Folder for Node's CPU profile, written when the server ends. */
  readonly cpuProfDir: string | null;
};

const FILE = resolve(import.meta.dirname, "../../../server/processes/scoring.ts");
const FIRST_PORT = 41_210;
const PORTS = 30; // several benches at once do not meet
const READY_LIMIT_MS = 300_000;
const POLL_MS = 10;
const AUTH_SECRET = randomBytes(24).toString("hex");

/** The real scoring process, started as `npm start -- --role scoring` starts it. */
export class ScoringServer {
  readonly port: number;
  readonly #options: ScoringServerOptions;
  #child: ChildProcess;
  #startedMs: number;

  private constructor(port: number, options: ScoringServerOptions) {
    mkdirSync(options.dataDir, { recursive: true });
    this.port = port;
    this.#options = options;
    this.#startedMs = performance.now();
    this.#child = this.#launch();
  }

  static async start(options: ScoringServerOptions, cleanUp: CleanUp): Promise<ScoringServer> {
    const server = new ScoringServer(await freePort(FIRST_PORT + randomInt(PORTS)), options);
    cleanUp.add(() => server.stop());
    await server.ready();
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Since the process was started. */
  get seconds(): number {
    return (performance.now() - this.#startedMs) / 1000;
  }

  /** Seconds from the start of the process to its first /readyz 200. @throws Error when it ends before, with its log */
  async ready(): Promise<number> {
    for (;;) {
      const ok = await fetch(`http://127.0.0.1:${this.port}/readyz`).then(
        async (response) => {
          await response.arrayBuffer();
          return response.ok;
        },
        () => false,
      );
      if (ok) return this.seconds;
      if (this.#child.exitCode !== null || this.seconds * 1000 > READY_LIMIT_MS) {
        throw new Error(`the scoring server did not become ready:\n${this.#logTail()}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** kill -9 and start again; returns the seconds to /readyz. */
  async restart(signal: "SIGKILL" | "SIGTERM"): Promise<number> {
    await this.#end(signal);
    this.#startedMs = performance.now();
    this.#child = this.#launch();
    return this.ready();
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 30_000);
    await ended;
    clearTimeout(timer);
  }

  #launch(): ChildProcess {
    const { databaseUrl, dataDir, redisUrl, cpuProfDir } = this.#options;
    const log = openSync(this.#logFile, "a");
    const flags = cpuProfDir === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(cpuProfDir)}`];
    const child = spawn(process.execPath, [...flags, FILE], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: databaseUrl,
        ASSAY_DATA_DIR: dataDir,
        AUTH_SECRET,
        SCORING_PORT: String(this.port),
        HOST: "127.0.0.1",
        ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      },
      stdio: ["ignore", log, log, "ipc"],
      detached: true, // Ctrl-C reaches the bench alone, which then ends everything in order
    });
    closeSync(log);
    return child;
  }

  get #logFile(): string {
    return join(this.#options.dataDir, `scoring-${this.port}.log`);
  }

  #logTail(): string {
    return readFileSync(this.#logFile, "utf8").slice(-2_000);
  }
}
