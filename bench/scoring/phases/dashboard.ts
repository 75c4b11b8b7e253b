import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import type { DashboardNews } from "../dashboard-process.ts";
import { type Figures, median, medianFigures } from "../figures.ts";
import { type OpenRound, openRound } from "./open.ts";

export type DashboardReport = {
  /** The slowest, and what each took on the idle server. */
  readonly query: string;
  readonly milliseconds: Readonly<Record<string, number>>;
  /** How often it was answered beside the payments, and how long it then took. */
  readonly reads: number;
  readonly medianReadMilliseconds: number | null;
  readonly median: Figures;
  readonly rounds: readonly OpenRound[];
};

/** The open loop while somebody reloads the heaviest page without end. */
export async function dashboardPhase(bench: Bench): Promise<DashboardReport | null> {
  if (bench.own === null) return null;
  const reader = fork(join(import.meta.dirname, "../dashboard-process.ts"), {
    env: { ...process.env, DATABASE_URL: bench.own.database.url },
    execArgv: [],
  });
  const stop = (): void => void reader.kill("SIGKILL");
  bench.cleanUp.add(stop);
  const reads: number[] = [];
  try {
    const [chosen] = (await Promise.race([
      once(reader, "message", { signal: bench.signal }),
      once(reader, "exit").then(() => Promise.reject(new Error("the dashboard's queries failed"))),
    ])) as [DashboardNews];
    if (chosen.kind !== "chosen") throw new Error("the dashboard's reader lost its way");
    reader.on("message", (news: DashboardNews) => news.kind === "read" && reads.push(news.milliseconds));
    const rounds: OpenRound[] = [];
    for (let round = 0; round < bench.options.rounds; round++) {
      rounds.push(await openRound(bench, bench.options.seconds, round));
    }
    const { query, milliseconds } = chosen;
    const figures = { median: medianFigures(rounds), rounds };
    return { query, milliseconds, reads: reads.length, medianReadMilliseconds: median(reads), ...figures };
  } finally {
    stop();
  }
}
