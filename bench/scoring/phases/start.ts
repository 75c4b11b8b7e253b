import type { Bench } from "../bench.ts";
import { median } from "../figures.ts";
import { memoryOf } from "../setup/process-usage.ts";

export type StartReport = {
  /** Rows of the log that the state stands for. */
  readonly payments: number;
  /** To /readyz 200, from the start of the process. */
  readonly secondsAfterKill: readonly number[];
  readonly medianSeconds: number | null;
  readonly secondsAfterDrain: number;
  readonly rssMegabytes: number | null;
  readonly peakRssMegabytes: number | null;
};

/** How long a scoring server is away that was killed (and one that was asked to stop), and what it holds then. */
export async function startPhase({ own, options, signal }: Bench): Promise<StartReport | null> {
  if (own === null) return null;
  const { server } = own;
  const secondsAfterKill: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    signal.throwIfAborted();
    secondsAfterKill.push(await server.restart("SIGKILL"));
  }
  const [rss, peak] = [memoryOf(server.pid, "VmRSS"), memoryOf(server.pid, "VmHWM")];
  const secondsAfterDrain = await server.restart("SIGTERM");
  const { rows } = await own.pool.query<{ payments: number }>("select count(*) as payments from transaction");
  const megabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1e6);
  return {
    payments: rows[0]?.payments ?? 0,
    secondsAfterKill,
    medianSeconds: median(secondsAfterKill),
    secondsAfterDrain,
    rssMegabytes: megabytes(rss),
    peakRssMegabytes: megabytes(peak),
  };
}
