import type { Agreement } from "#ml/evaluation/agreement.ts";
import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { DEFAULT_MATURITY_DAYS } from "#server/domain/label.ts";
import { type QualityInput, qualityFloors } from "#server/domain/review-quality.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";
import { qualityScope } from "./scope.ts";
import { secondOpinions } from "./second-opinions.ts";
import { type VerdictCounts, verdictCounts } from "./verdict-counts.ts";
import { type WorkTimes, workTimes } from "./work-times.ts";

/** A share of counts; `share` and `interval` (95 %, Wilson) are null under the floor. */
export type Share = {
  readonly hits: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: Interval | null;
};

export type PersonQuality = {
  readonly id: string;
  readonly name: string;
  readonly counts: VerdictCounts;
  /** of fraud verdicts on which another source spoke later, those it agreed with */
  readonly fraudUpheld: Share;
  /** of legitimate verdicts whose truth is known by now, those that held */
  readonly legitimateUpheld: Share;
  readonly work: WorkTimes;
  readonly secondOpinions: { readonly pairs: number; readonly agreed: number };
};

export type ReviewQuality = {
  readonly from: string;
  readonly to: string;
  readonly maturityDays: number;
  /** false: only the actor's own row is told */
  readonly everyone: boolean;
  readonly people: readonly PersonQuality[];
  readonly agreement: {
    readonly drawn: number;
    readonly answered: number;
    readonly needed: number;
    readonly result: Agreement | null;
  };
};

const noVerdicts: VerdictCounts = {
  fraudUpheld: 0,
  fraudOverruled: 0,
  legitimateUpheld: 0,
  legitimateOverruled: 0,
  unknown: 0,
};
const noWork: WorkTimes = { cases: 0, notSure: 0, seconds: null, keystrokes: null };

/**
 * How reviewing went in the last days: by person what came of verdicts and what they took, and how far people agree.
 * Analysts get their own row alone. @throws ServiceError "forbidden"
 */
export async function readReviewQuality(ctx: ServiceContext, input: QualityInput): Promise<ReviewQuality> {
  const { db } = ctx;
  const scope = qualityScope(ctx, input);
  const policy = await findActivePolicy(db);
  const maturityDays = policy?.policy.maturityDays ?? DEFAULT_MATURITY_DAYS;
  const matureBefore = new Date(scope.to.getTime() - maturityDays * DAY_MS);
  const [counts, times, opinions] = await Promise.all([
    verdictCounts(db, scope, matureBefore),
    workTimes(db, scope),
    secondOpinions(db, scope),
  ]);
  const ids = scope.userId === null ? new Set([...counts.keys(), ...times.keys()]) : new Set([scope.userId]);
  const users = await db.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const people = users.map(({ id, name }) => {
    const of = counts.get(id) ?? noVerdicts;
    return {
      id,
      name,
      counts: of,
      fraudUpheld: shareOf(of.fraudUpheld, of.fraudUpheld + of.fraudOverruled),
      legitimateUpheld: shareOf(of.legitimateUpheld, of.legitimateUpheld + of.legitimateOverruled),
      work: times.get(id) ?? noWork,
      secondOpinions: opinions.byPerson.get(id) ?? { pairs: 0, agreed: 0 },
    };
  });
  const { drawn, answered, needed, agreement: result } = opinions;
  return {
    from: scope.from.toISOString(),
    to: scope.to.toISOString(),
    maturityDays,
    everyone: scope.userId === null,
    people,
    agreement: { drawn, answered, needed, result },
  };
}

function shareOf(hits: number, of: number): Share {
  if (of < qualityFloors.known) return { hits, of, share: null, interval: null };
  return { hits, of, share: hits / of, interval: wilsonInterval(hits, of) };
}
