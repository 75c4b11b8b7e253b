import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { readOverTime } from "#server/services/performance/index.ts";
import { type Installation, jobContext } from "./installation.ts";

/** Those of the rules that Assay comes with that watch for drift. */
const ofDrift = { key: { startsWith: "drift_" } };
/** The one that rests on labels, though young ones: frauds reported within days. */
const onLabels = { key: "drift_labels" };

/** An alert of drift that was raised after the change. */
export type Warning = { readonly atMs: number; readonly says: string };

/** Alerts raised after the change; one that stood before it is none. */
export type Warnings = {
  /** the first that needed no label: from scores, policy and features alone */
  readonly withoutLabels: Warning | null;
  /** the first on frauds that were reported early and missed */
  readonly earlyReports: Warning | null;
};

export async function warningsSince({ db }: Installation, changeMs: number): Promise<Warnings> {
  const first = async (rule: Prisma.AlertRuleWhereInput): Promise<Warning | null> => {
    const alert = await db.alert.findFirst({
      where: { rule, openedAt: { gt: new Date(changeMs) } },
      orderBy: [{ openedAt: "asc" }, { number: "asc" }],
    });
    return alert === null ? null : { atMs: alert.openedAt.getTime(), says: alert.says };
  };
  return {
    withoutLabels: await first({ AND: [ofDrift], NOT: onLabels }),
    earlyReports: await first(onLabels),
  };
}

/** How many alerts of drift were raised up to now. */
export function driftAlertsSoFar({ db }: Installation): Promise<number> {
  return db.alert.count({ where: { rule: ofDrift } });
}

/** Recall as mature labels tell it, by the counts of the performance page. */
export type LabelledRecall = { readonly stopped: number; readonly frauds: number };

/** Of payments from `fromMs` to before `toMs`, whichever model decided. */
export async function labelledRecall(
  installation: Installation,
  fromMs: number,
  toMs: number,
): Promise<LabelledRecall> {
  const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const last = Math.min(toMs, fromMs + 91 * DAY_MS) - DAY_MS; // the longest window that is read at once
  const window = {
    preset: "custom",
    from: iso(fromMs),
    to: iso(last),
    basis: "mature",
    version: "all",
  } as const;
  const { periods } = await readOverTime(jobContext(installation, "story"), { ...window, threshold: 1 });
  const sum = (of: "tp" | "fn"): number => periods.reduce((total, { served }) => total + served[of], 0);
  return { stopped: sum("tp"), frauds: sum("tp") + sum("fn") };
}

/** Whether the labels of the changed weeks show less recall than those before: the whole 95 % interval below. */
export function showsFall(before: LabelledRecall, changed: LabelledRecall): boolean {
  const interval = wilsonInterval(changed.stopped, changed.frauds);
  return interval !== null && before.frauds > 0 && interval.upper < before.stopped / before.frauds;
}

/** The recall that the drift job estimated from scores alone for a week, by the champion; null before it looked. */
export async function estimatedRecall({ db }: Installation, weekMs: number): Promise<number | null> {
  const [row] = await db.$queryRaw<{ recall: number | null }[]>`
    select (w.body -> 'figures' ->> 'estimatedRecall')::float8 as recall from drift_window w
    join model_version m on m.id = w.model_version_id and m.status = 'champion'
    where w.week = ${new Date(weekMs).toISOString()}::date`;
  return row?.recall ?? null;
}
