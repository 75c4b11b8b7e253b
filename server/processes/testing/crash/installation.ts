import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { generateApiKey } from "#server/auth/api-key.ts";
import {
  type EmbeddedPostgres,
  freePort,
  removeEmbeddedData,
  startEmbeddedPostgres,
} from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import { handMadeArtifact, promoteArtifact } from "#server/scoring/testing/champion.ts";
import { uuidV7 } from "#server/scoring/uuid-v7.ts";
import { killPostgres } from "./kill-postgres.ts";

export type Role = "scoring" | "worker";

/** What is killed in a round. */
export type Victim = Role | "postgres";

const PROCESSES = resolve(import.meta.dirname, "../..");
const READY_LIMIT_MS = 60_000;

/** A database, a scoring server and a worker in processes of their own, to be killed and started again. */
export class CrashInstallation {
  readonly folder = mkdtempSync(join(tmpdir(), "assay-crash-"));
  readonly key: string;
  readonly #keyHash: Uint8Array;
  readonly #secret = randomBytes(24).toString("hex");
  readonly #children = new Map<Role, ChildProcess>();
  #postgres: EmbeddedPostgres | null = null;
  #ports = { postgres: 0, scoring: 0 };

  constructor() {
    const { key, hash } = generateApiKey(randomBytes);
    [this.key, this.#keyHash] = [key, hash];
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.scoring}`;
  }

  get databaseUrl(): string {
    if (this.#postgres === null) throw new Error("PostgreSQL is not running");
    return this.#postgres.url;
  }

  get postgresPid(): number {
    if (this.#postgres === null) throw new Error("PostgreSQL is not running");
    return this.#postgres.pid;
  }

  /** False once PostgreSQL ended by itself. */
  get postgresRuns(): boolean {
    try {
      return process.kill(this.postgresPid, 0);
    } catch {
      return false;
    }
  }

  /** Starts everything. With `durable` false PostgreSQL acknowledges before the disk has it: the control. */
  async start(durable: boolean): Promise<void> {
    this.#ports = { postgres: await freePort(0), scoring: await freePort(0) };
    await this.startPostgres();
    await applyMigrations(this.databaseUrl);
    const pool = openPool(this.databaseUrl, 1);
    if (!durable) await pool.query("alter database assay set synchronous_commit = off");
    await promoteArtifact(pool, handMadeArtifact());
    await pool.query(
      "insert into api_key (id, name, prefix, hash, scopes, created_at) values ($1, 'load', 'assay_load', $2, $3, now())",
      [uuidV7(Date.now()), Buffer.from(this.#keyHash), ["score"]],
    );
    await pool.end();
    await Promise.all([this.startRole("scoring"), this.startRole("worker")]);
  }

  async startPostgres(): Promise<void> {
    this.#postgres = await startEmbeddedPostgres(this.folder, this.#ports.postgres);
  }

  /** Starts a process and waits until it says that it is ready. @throws Error with its output when it ends before. */
  async startRole(role: Role): Promise<void> {
    const log = join(this.folder, `${role}.log`);
    const output = openSync(log, "a");
    const child = spawn(process.execPath, [join(PROCESSES, `${role}.ts`)], {
      env: {
        ...process.env,
        NODE_ENV: "test",
        DATABASE_URL: this.databaseUrl,
        SCORING_PORT: String(this.#ports.scoring),
        ASSAY_DATA_DIR: this.folder,
        AUTH_SECRET: this.#secret,
      },
      stdio: ["ignore", output, output, "ipc"],
    });
    closeSync(output);
    this.#children.set(role, child);
    const [message] = await Promise.race([
      once(child, "message", { signal: AbortSignal.timeout(READY_LIMIT_MS) }),
      once(child, "exit").then(() => ["ended"]),
    ]);
    if (message === "ended")
      throw new Error(`the ${role} ended:\n${readFileSync(log, "utf8").slice(-2_000)}`);
  }

  /** Kills without a chance to tidy up. */
  async kill(victim: Victim): Promise<void> {
    if (victim === "postgres") {
      const { pid } = this.#postgres ?? {};
      if (pid === undefined) throw new Error("PostgreSQL is not running");
      killPostgres(pid);
      return;
    }
    const child = this.#children.get(victim);
    if (child === undefined || child.exitCode !== null) throw new Error(`the ${victim} is not running`);
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async revive(victim: Victim): Promise<void> {
    await (victim === "postgres" ? this.startPostgres() : this.startRole(victim));
  }

  /** Asks a process to drain and tells how it ended. */
  async terminate(role: Role): Promise<number | null> {
    const child = this.#children.get(role);
    if (child === undefined) throw new Error(`the ${role} is not running`);
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return child.exitCode;
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async stopAll(): Promise<void> {
    for (const child of this.#children.values()) child.kill("SIGKILL");
    await this.#postgres?.stop();
  }

  /** Ends everything and takes the data away. */
  async remove(): Promise<void> {
    await this.stopAll();
    await removeEmbeddedData(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
