import type { TimedWindow } from "#ml/promotion/counted-times.ts";
import type { Database } from "#server/db/client.ts";
import type { ScoringTimeKind } from "#server/domain/scoring-time.ts";

export type TimesOf = {
  readonly kind: ScoringTimeKind;
  readonly modelVersionId: string;
  readonly from: Date;
  readonly to: Date;
};

/** What all scoring servers wrote of their times, a few seconds in each window. A day holds some thousands. */
export async function recordedTimes(
  db: Pick<Database, "scoringTime">,
  { kind, modelVersionId, from, to }: TimesOf,
): Promise<TimedWindow[]> {
  return db.scoringTime.findMany({
    where: { at: { gt: from, lte: to }, kind, modelVersionId },
    select: { counts: true },
    orderBy: { at: "asc" },
  });
}

const KEPT_MS = 8 * 86_400_000;

/** Deletes what no guardrail looks at any more. */
export async function pruneTimes(db: Pick<Database, "scoringTime">, now: Date): Promise<void> {
  await db.scoringTime.deleteMany({ where: { at: { lt: new Date(now.getTime() - KEPT_MS) } } });
}
