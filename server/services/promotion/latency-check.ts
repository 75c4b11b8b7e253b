import type { GateCheck } from "#ml/promotion/guardrails.ts";
import { latencyGuardrail } from "#ml/promotion/latency-guardrail.ts";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { answerBounds, modelBounds, type ScoringTimeKind } from "#server/domain/scoring-time.ts";
import { recordedTimes } from "./recorded-times.ts";

type Term = {
  readonly championId: string;
  readonly since: Date;
  readonly promotedAt: Date;
  readonly now: Date;
};

/** What all scoring servers timed since a promotion, of the last day at most, against the day before it. */
export async function latencyCheck(
  db: Database,
  { championId, since, promotedAt, now }: Term,
): Promise<GateCheck> {
  const dayBefore = (at: Date): Date => new Date(at.getTime() - DAY_MS);
  const from = new Date(Math.max(since.getTime(), dayBefore(now).getTime()));
  const [last] = await db.scoringTime.findMany({
    where: { at: { gt: dayBefore(promotedAt), lte: promotedAt }, kind: "answer" },
    select: { modelVersionId: true },
    orderBy: { at: "desc" },
    take: 1,
  });
  const read = async (kind: ScoringTimeKind) => ({
    now: await recordedTimes(db, { kind, modelVersionId: championId, from, to: now }),
    before:
      last === undefined
        ? []
        : await recordedTimes(db, {
            kind,
            modelVersionId: last.modelVersionId,
            from: dayBefore(promotedAt),
            to: promotedAt,
          }),
  });
  return latencyGuardrail(
    { ...(await read("answer")), bounds: answerBounds },
    { ...(await read("model")), bounds: modelBounds },
  );
}
