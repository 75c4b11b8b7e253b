import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { nativeFolder } from "./binaries.ts";
import { fallbackHome, type Placement, placePostgres } from "./unprivileged.ts";

export type EmbeddedPostgres = {
  readonly url: string;
  readonly pid: number;
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  stop(): Promise<void>;
  /** Called when PostgreSQL ends without having been asked to. */
  onUnexpectedExit(listener: () => void): void;
};

const PREFERRED_PORT = 54_329;
const START_TIMEOUT_MS = 30_000;

/**
 * Starts the PostgreSQL that npm brought, with its data in `<dataDir>/postgres`, and makes the database on first
 * use. A server left over from a killed process is stopped first; a taken port is stepped over.
 * @throws Error with one line on what is missing or what PostgreSQL said.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  preferredPort = PREFERRED_PORT,
): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const placement = placePostgres(nativeFolder(), dataDir);
  await stopLeftOver(placement.data);
  const password = keptPassword(dataDir);
  if (!existsSync(join(placement.data, "PG_VERSION"))) initialise(placement, password, dataDir);
  const port = await freePort(preferredPort);
  const child = launch(placement, port, dataDir);
  const url = `postgresql://assay:${password}@127.0.0.1:${port}/assay`;
  await waitUntilReady(url, child, dataDir);
  writeFileSync(stateFile(dataDir), JSON.stringify({ url, pid: child.pid }), { mode: 0o600 });
  return handle(url, child, dataDir);
}

/** URL of the embedded PostgreSQL that another process of this installation has running now; null when none is. */
export async function runningEmbeddedUrl(dataDir: string): Promise<string | null> {
  if (!existsSync(stateFile(dataDir))) return null;
  try {
    const { url } = JSON.parse(readFileSync(stateFile(dataDir), "utf8")) as { url: string };
    await probe(url);
    return url;
  } catch {
    return null; // left over from a killed process
  }
}

/** Deletes the embedded database for good, stopping a server that a killed process left over. */
export async function removeEmbeddedData(dataDir: string): Promise<void> {
  for (const data of [join(dataDir, "postgres"), fallbackHome(dataDir)]) {
    if (data === null) continue;
    await stopLeftOver(data);
    rmSync(data, { recursive: true, force: true });
  }
  rmSync(join(dataDir, "postgres-home"), { force: true });
  rmSync(stateFile(dataDir), { force: true });
}

function stateFile(dataDir: string): string {
  return join(dataDir, "postgres.json");
}

function handle(url: string, child: ChildProcess, dataDir: string): EmbeddedPostgres {
  const listeners: (() => void)[] = [];
  let stopping = false;
  child.once("exit", () => {
    rmSync(stateFile(dataDir), { force: true });
    if (!stopping) for (const listener of listeners) listener();
  });
  return {
    url,
    pid: child.pid ?? -1,
    onUnexpectedExit: (listener) => listeners.push(listener),
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGINT");
      await exited;
    },
  };
}

function initialise(placement: Placement, password: string, dataDir: string): void {
  const passwordFile = `${placement.data}-initdb-password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (placement.identity !== null) chownSync(passwordFile, placement.identity.uid, placement.identity.gid);
  const result = spawnSync(
    join(placement.programs, "bin", "initdb"),
    [
      `--pgdata=${placement.data}`,
      "--username=assay",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ],
    { ...placement.identity, cwd: "/", encoding: "utf8" },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    rmSync(placement.data, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL's initdb failed in ${resolve(dataDir)}: ${(result.stderr || String(result.error)).trim()}`,
    );
  }
}

function launch(placement: Placement, port: number, dataDir: string): ChildProcess {
  const log = openSync(join(dataDir, "postgres.log"), "a");
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "256MB",
    work_mem: "32MB",
    random_page_cost: "1.1",
    wal_buffers: "32MB",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min", // each checkpoint makes the next change of every page a full page of WAL
    jit: "off",
    synchronous_commit: "on",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return spawn(join(placement.programs, "bin", "postgres"), ["-D", placement.data, ...args], {
    ...placement.identity,
    cwd: "/",
    stdio: ["ignore", log, log],
    detached: true, // Ctrl-C goes to this program first, which then stops PostgreSQL in order
  });
}

async function waitUntilReady(url: string, child: ChildProcess, dataDir: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const maintenanceUrl = url.replace(/\/assay$/, "/postgres");
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      await createDatabase(maintenanceUrl);
      return;
    } catch (error) {
      if (isWrongPassword(error)) break;
      await sleep(50);
    }
  }
  child.kill("SIGKILL");
  const log = join(resolve(dataDir), "postgres.log");
  const tail = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" | ") : "";
  throw new Error(`PostgreSQL did not start (${log}): ${tail}`);
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "28P01";
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'assay'");
    if (rowCount === 0) await client.query("create database assay");
  } finally {
    await client.end();
  }
}

async function probe(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.end();
}

/** A PostgreSQL whose parent was killed goes on; it is asked to stop, and a stale pid file is ignored. */
async function stopLeftOver(data: string): Promise<void> {
  const pidFile = join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || !isPostgres(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; waited < 10_000 && isPostgres(pid); waited += 50) await sleep(50);
  if (isPostgres(pid))
    throw new Error(`A PostgreSQL (process ${pid}) still holds ${data}: stop it, then start again.`);
}

function isPostgres(pid: number): boolean {
  const listing = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return listing.status === 0 && listing.stdout.includes("postgres");
}

function keptPassword(dataDir: string): string {
  const file = join(dataDir, "postgres-password");
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The wanted port, or any free one where it is taken. */
export async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
