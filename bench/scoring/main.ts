import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { openPool } from "#server/db/pool.ts";
import type { Bench, OwnServer } from "./bench.ts";
import { countDecisions } from "./decisions.ts";
import { startLoadGenerator } from "./load/load-generator.ts";
import { machineFacts } from "./machine.ts";
import { type BenchOptions, OptionError, readOptions, usage } from "./options.ts";
import type { BenchWorld } from "./payments.ts";
import { linesOf } from "./report.ts";
import { tableOf } from "./report-lines.ts";
import type { Results } from "./results.ts";
import { runPhases } from "./run-phases.ts";
import { openBenchDatabase } from "./setup/bench-database.ts";
import { CleanUp } from "./setup/clean-up.ts";
import { installRules } from "./setup/install-rules.ts";
import { ScoringServer } from "./setup/scoring-server.ts";

/** `npm run bench:scoring`: the scoring path measured from outside, in closed and open loops, beside its goals. */
const cleanUp = new CleanUp();
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interruption.abort(new Error("Interrupted; everything that was started ends."));
    void cleanUp.run().then(() => process.exit(130));
  });
}
try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  const { aborted, reason } = interruption.signal;
  const cause: unknown = aborted ? reason : error;
  process.exitCode = aborted ? 130 : 1;
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  if (cause instanceof OptionError) process.stderr.write(`${usage}\n`);
} finally {
  await cleanUp.run();
}

async function run(options: BenchOptions): Promise<void> {
  const machine = machineFacts(new Date());
  if (machine.busy)
    say(`The machine is not quiet (load ${machine.load1.toFixed(1)}): trust ratios, not figures.`);
  const own = options.url === null ? await startOwn(options) : null;
  const world = own?.database.world ?? foreignWorld();
  const load = await startLoadGenerator(world);
  cleanUp.add(load.stop);
  const port = own?.server.port ?? Number(options.url?.port ?? 80);
  const key = own?.database.key ?? options.key;
  const bench: Bench = {
    options,
    load,
    own,
    cleanUp,
    score: { port, path: "/v1/score", key },
    batch: { port, path: "/v1/score/batch", key },
    signal: interruption.signal,
  };
  const { customers, merchants } = world;
  const results: Results = {
    machine: { ...machine, postgres: own === null ? null : await versionOf(own) },
    history: own === null ? null : { payments: options.payments, customers, merchants },
  };
  await runPhases(bench, results, say);
  if (own !== null) results.decisions = await countDecisions(own.pool);
  process.stdout.write(`\n${tableOf(linesOf(results))}\n`);
  if (options.json === null) return;
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  say(`Wrote ${options.json}`);
}

async function startOwn(options: BenchOptions): Promise<OwnServer> {
  const { payments, folderName, fresh, cpuProfDir } = options;
  const { signal } = interruption;
  const database = await openBenchDatabase({ payments, folderName, fresh, signal }, cleanUp);
  const pool = openPool(database.url, 2);
  cleanUp.add(() => pool.end());
  await installRules(pool);
  const parts = { databaseUrl: database.url, dataDir: database.dataDir, redisUrl: null, cpuProfDir };
  const server = await ScoringServer.start(parts, cleanUp);
  say(`The scoring server was ready after ${server.seconds.toFixed(1)} s.`);
  return { server, database, pool };
}

/** Whose customers a server gets that runs already: any will do. */
function foreignWorld(): BenchWorld {
  return { seed: 1, customers: 5_000, merchants: 1_000, startMs: Date.UTC(2026, 0, 1), days: 1 };
}

async function versionOf({ pool }: OwnServer): Promise<string> {
  const { rows } = await pool.query<{ server_version: string }>("show server_version");
  return rows[0]?.server_version ?? "unknown";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
