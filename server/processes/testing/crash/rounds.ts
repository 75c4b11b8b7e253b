import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { checkReplay } from "#server/services/training/index.ts";
import type { LoadReport, Sent } from "./acknowledged.ts";
import { CrashInstallation, type Victim } from "./installation.ts";

export type CrashOptions = {
  readonly rounds: number;
  readonly victims: readonly Victim[];
  /** false: the control, in which a killed PostgreSQL must lose what it acknowledged */
  readonly durable: boolean;
  readonly clients: number;
  /** numbers in [0,1) that the moments of the kills are drawn from */
  readonly random: () => number;
  readonly onRound?: (round: number, victim: Victim) => void;
  readonly signal?: AbortSignal;
};

export type CrashReport = {
  readonly rounds: number;
  readonly acknowledged: number;
  /** payments that were resent because a try ended without an answer */
  readonly indeterminate: number;
  readonly unsettled: number;
  readonly wrong: readonly string[];
  /** acknowledged, and not in the database */
  readonly missing: number;
  /** acknowledged with another answer than the stored one */
  readonly altered: number;
  /** transactions without a decision, and decisions more than one to a transaction */
  readonly unpaired: number;
  readonly vectorsCompared: number;
  readonly vectorsDiffering: number;
  readonly scoresDiffering: number;
};

const SETTLE_LIMIT_MS = 120_000;

/** Kills one process a round under load, starts it again, and at the end holds what was acknowledged against the log. */
export async function runCrashRounds(options: CrashOptions): Promise<CrashReport> {
  const installation = new CrashInstallation();
  let load: ChildProcess | null = null;
  try {
    await installation.start(options.durable);
    load = startLoad(installation, options.clients);
    for (let round = 0; round < options.rounds; round++) {
      options.signal?.throwIfAborted();
      const victim = options.victims[round % options.victims.length] ?? "scoring";
      options.onRound?.(round, victim);
      await sleep(400 + options.random() * 1_200);
      await installation.kill(victim);
      await sleep(options.random() * 300);
      await installation.revive(victim);
    }
    await sleep(500);
    const report = await endLoad(load);
    return await judge(installation, report, options.rounds);
  } finally {
    load?.kill("SIGKILL");
    await installation.remove();
  }
}

function startLoad(installation: CrashInstallation, clients: number): ChildProcess {
  const args = [installation.url, installation.key, String(clients), "crash"];
  return fork(join(import.meta.dirname, "load.ts"), args, { serialization: "advanced" });
}

async function endLoad(load: ChildProcess): Promise<LoadReport> {
  load.send("stop");
  const [report] = await once(load, "message", { signal: AbortSignal.timeout(SETTLE_LIMIT_MS) });
  return report as LoadReport;
}

async function judge(
  installation: CrashInstallation,
  { sent, wrong, unsettled }: LoadReport,
  rounds: number,
): Promise<CrashReport> {
  const stored = await storedAnswers(installation);
  const resent = sent.filter(({ indeterminate }) => indeterminate > 0);
  return {
    rounds,
    acknowledged: sent.length,
    indeterminate: resent.length,
    unsettled: unsettled.length,
    wrong: wrong.slice(0, 10),
    missing: sent.filter(({ id }) => !stored.answers.has(id)).length,
    altered: sent.filter((one) => isAltered(one, stored.answers)).length,
    unpaired: stored.unpaired,
    ...(await replayed(installation.databaseUrl)),
  };
}

function isAltered({ id, answer }: Sent, answers: ReadonlyMap<string, string>): boolean {
  const stored = answers.get(id);
  return stored !== undefined && stored !== answer;
}

async function storedAnswers(
  installation: CrashInstallation,
): Promise<{ answers: Map<string, string>; unpaired: number }> {
  const rows = await installation.query<{ id: string; response: string | null }>(
    "select t.id, d.response from transaction t full join decision d on d.transaction_id = t.id",
  );
  const answers = new Map(rows.flatMap(({ id, response }) => (response === null ? [] : [[id, response]])));
  return { answers, unpaired: rows.length - answers.size };
}

/** Vectors and scores served after a restart tell what state it came to: all are computed again from the log. */
async function replayed(
  url: string,
): Promise<Pick<CrashReport, "vectorsCompared" | "vectorsDiffering" | "scoresDiffering">> {
  const [db, pool] = [openDatabase(url), openPool(url, 2)];
  try {
    const reports = await checkReplay({ db, pool }, { sample: null });
    const sum = (pick: (report: (typeof reports)[number]) => number): number =>
      reports.reduce((total, report) => total + pick(report), 0);
    return {
      vectorsCompared: sum(({ features }) => features.compared),
      vectorsDiffering: sum(({ features }) => features.differing),
      scoresDiffering: sum(({ scores }) => scores.differing),
    };
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
