import { setTimeout as sleep } from "node:timers/promises";
import { type Bench, measured } from "../bench.ts";
import { errorsOf, type Latency, latencyOf } from "../figures.ts";
import { memoryOf } from "../setup/process-usage.ts";

export type OverloadReport = {
  readonly capacity: number;
  /** Requests a second that were to be sent, and that were. */
  readonly wantedRate: number;
  readonly sentRate: number;
  readonly acceptedPerSecond: number;
  readonly shedShare: number | null;
  /** Of accepted ones, from sending: what the server answers for. */
  readonly accepted: Latency;
  /** Of accepted ones, from the time they were due: what the caller sees, the load generator's own limit included. */
  readonly acceptedFromDue: Latency;
  readonly errors: Readonly<Record<string, number>>;
  readonly samples: Readonly<Record<string, string>>;
  readonly rssMegabytes: {
    readonly before: number | null;
    readonly most: number | null;
    readonly after: number | null;
  };
};

const TIMES = 5;
const PATIENCE_MS = 1_000;
const SAMPLE_MS = 250;
const REST_MS = 3_000;

/** Five times what the server can do, for a while: what it takes on is answered in time, the rest is turned away. */
export async function overloadPhase(bench: Bench, capacity: number | null): Promise<OverloadReport> {
  const { overloadSeconds: seconds, overloadConnections: connections } = bench.options;
  const known = capacity ?? (await capacityOf(bench, bench.options.seconds));
  const rate = Math.round(known * TIMES);
  const rss = watchRss(bench.own?.server.pid);
  const job = { connections, seconds, batch: 1, rate, seed: 1, patienceMs: PATIENCE_MS };
  const { result } = await measured(bench, { ...job, endpoints: [bench.score] });
  await sleep(REST_MS);
  const answered = Object.values(result.statuses).reduce((sum, count) => sum + count, 0);
  return {
    capacity: known,
    wantedRate: rate,
    sentRate: result.sent / seconds,
    acceptedPerSecond: result.payments / seconds,
    shedShare: answered === 0 ? null : (result.statuses[503] ?? 0) / answered,
    accepted: latencyOf(result.service),
    acceptedFromDue: latencyOf(result.latency),
    errors: errorsOf(result),
    samples: result.samples,
    rssMegabytes: rss.end(),
  };
}

async function capacityOf(bench: Bench, seconds: number): Promise<number> {
  const job = { connections: 128, seconds, batch: 1, rate: null, seed: 1 };
  const { result } = await measured(bench, { ...job, endpoints: [bench.score] });
  return result.payments / result.seconds;
}

function watchRss(pid: number | undefined): { end(): OverloadReport["rssMegabytes"] } {
  const read = (): number | null => {
    const bytes = pid === undefined ? null : memoryOf(pid, "VmRSS");
    return bytes === null ? null : bytes / 1e6;
  };
  const before = read();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most ?? 0, read() ?? 0);
  }, SAMPLE_MS);
  return {
    end() {
      clearInterval(timer);
      return { before, most: pid === undefined ? null : most, after: read() };
    },
  };
}
