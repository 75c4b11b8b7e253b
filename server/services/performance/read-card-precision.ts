import { z } from "zod";
import { cardChecks, type NumberedCardDay, type NumberedCardRows } from "#ml/evaluation/card-precision.ts";
import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { Database } from "#server/db/client.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { knownRows } from "./known-rows.ts";
import { resolveWindow } from "./resolve-window.ts";

const MOST_CHECKS = 10_000;

/** `k` null: as many checks a day as the active policy's analysts work cases. */
export const ReadCardPrecisionInput = AnalysisWindow.extend({
  k: z.int().min(1).max(MOST_CHECKS).nullable().default(null),
});
export type ReadCardPrecisionInput = z.infer<typeof ReadCardPrecisionInput>;

export type CardDay = {
  /** ISO date, UTC */
  readonly day: string;
  /** cards that paid and were not found before, and the compromised ones of them */
  readonly cards: number;
  readonly compromised: number;
  readonly found: number;
  readonly precision: number;
  readonly interval: Interval | null;
  /** the most that k checks could find among these cards */
  readonly reachable: number;
};

export type CardPrecisionView = {
  readonly k: number;
  /** checks a day by the active policy */
  readonly capacityPerDay: number;
  readonly days: readonly CardDay[];
  /** over days; null without any */
  readonly mean: number | null;
  readonly interval: Interval | null;
  /** mean of a perfect ranking from the first day on, which leaves less to find later */
  readonly perfectMean: number | null;
};

/**
 * Card precision at k by day (ml/evaluation/card-precision.ts) on the window's payments whose truth is known: k cards
 * are checked each day, and cards found are out on later days. Intervals are 95 % Wilson intervals of the checks. Null
 * when nothing was scored. Same refusals as readPerformance.
 */
export async function readCardPrecision(
  ctx: ServiceContext,
  asked: ReadCardPrecisionInput,
): Promise<CardPrecisionView | null> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return null;
  const rows = await readRows(ctx.db, window);
  const known = knownRows(rows, classifyRows(rows, window));
  const capacityPerDay = (window.policy?.policy ?? defaultPolicy).reviewCapacityPerDay;
  const k = asked.k ?? Math.max(1, Math.min(MOST_CHECKS, capacityPerDay));
  const idsOf = cardIds(ctx.db);
  const days = await checkCards(known, k, idsOf);
  const perfect = await checkCards({ ...known, scores: known.labels }, k, idsOf);
  const found = days.reduce((sum, day) => sum + day.detected.length, 0);
  return {
    k,
    capacityPerDay,
    days: days.map((day) => ({
      day: new Date(day.day).toISOString().slice(0, 10),
      cards: day.cards,
      compromised: day.compromised,
      found: day.detected.length,
      precision: day.precision,
      interval: wilsonInterval(day.detected.length, k),
      reachable: Math.min(k, day.compromised) / k,
    })),
    mean: meanOf(days),
    interval: wilsonInterval(found, k * days.length),
    perfectMean: meanOf(perfect),
  };
}

type IdsOf = (cards: readonly number[]) => Promise<ReadonlyMap<number, string>>;

async function checkCards(rows: NumberedCardRows, k: number, idsOf: IdsOf): Promise<NumberedCardDay[]> {
  const checks = cardChecks(rows, k);
  let step = checks.next();
  while (step.done !== true) {
    const ids = await idsOf(step.value);
    const idOf = (card: number): string => ids.get(card) ?? "";
    step = checks.next([...step.value].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)));
  }
  return step.value;
}

/** Ids of cards by their codes, each asked for once; only cards of equal score at the last check are. */
function cardIds(db: Database): IdsOf {
  const known = new Map<number, string>();
  return async (cards) => {
    const missing = cards.filter((card) => !known.has(card));
    if (missing.length > 0) {
      const found = await db.$queryRaw<{ code: number; value: string }[]>`
        select code, value from analysis_code where kind = 'card' and code = any(${missing}::int[])`;
      for (const { code, value } of found) known.set(code, value);
    }
    return known;
  };
}

function meanOf(days: readonly NumberedCardDay[]): number | null {
  return days.length === 0 ? null : days.reduce((sum, day) => sum + day.precision, 0) / days.length;
}
