import type { Pool } from "pg";
import type { LoadGenerator } from "./load/load-generator.ts";
import type { LoadJob } from "./load/messages.ts";
import type { Endpoint } from "./load/request-source.ts";
import type { LoadResult } from "./load/tally.ts";
import type { BenchOptions } from "./options.ts";
import type { BenchDatabase } from "./setup/bench-database.ts";
import type { CleanUp } from "./setup/clean-up.ts";
import { usageOfTree } from "./setup/process-usage.ts";
import type { ScoringServer } from "./setup/scoring-server.ts";

/** The server and the database that this bench started. */
export type OwnServer = {
  readonly server: ScoringServer;
  readonly database: BenchDatabase;
  readonly pool: Pool;
};

/** What the phases measure with. */
export type Bench = {
  readonly options: BenchOptions;
  readonly load: LoadGenerator;
  readonly score: Endpoint;
  readonly batch: Endpoint;
  /** Null when a server of somebody else's is measured. */
  readonly own: OwnServer | null;
  readonly cleanUp: CleanUp;
  readonly signal: AbortSignal;
};

/** CPU seconds by who spent them; null where it cannot be told. */
export type CpuSeconds = {
  readonly scoring: number | null;
  readonly postgres: number | null;
  readonly load: number;
};

export type Measured = { readonly result: LoadResult; readonly cpu: CpuSeconds };

/** Runs load and tells what the processes spent meanwhile; `servers` are their processes when it is not our own. */
export async function measured(bench: Bench, job: LoadJob, servers?: readonly number[]): Promise<Measured> {
  bench.signal.throwIfAborted();
  const { own } = bench;
  const pids = { scoring: servers ?? pidsOf(own?.server.pid), postgres: pidsOf(own?.database.pid) };
  const before = { scoring: cpuOf(pids.scoring), postgres: cpuOf(pids.postgres) };
  const result = await bench.load.run(job);
  const spent = (processes: readonly number[], start: number | null): number | null => {
    const end = cpuOf(processes);
    return start === null || end === null ? null : end - start;
  };
  const cpu = {
    scoring: spent(pids.scoring, before.scoring),
    postgres: spent(pids.postgres, before.postgres),
    load: result.cpuSeconds,
  };
  bench.signal.throwIfAborted();
  return { result, cpu };
}

function pidsOf(pid: number | undefined): readonly number[] {
  return pid === undefined ? [] : [pid];
}

function cpuOf(pids: readonly number[]): number | null {
  const seconds = pids.flatMap((pid) => usageOfTree(pid)?.cpuSeconds ?? []);
  return seconds.length === 0 ? null : seconds.reduce((sum, each) => sum + each, 0);
}
