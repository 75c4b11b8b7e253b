import { type Arrived, arrivalCurve } from "#ml/evaluation/reporting-delay.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { DEFAULT_MATURITY_DAYS, LabelSource, labelSources } from "#server/domain/label.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";

export type SourceArrival = {
  readonly source: LabelSource;
  readonly labels: number;
  /** by days since the payment, from 0; null under the floor */
  readonly curve: readonly Arrived[] | null;
};

export type LabelArrival = {
  /** what the policy calls mature */
  readonly maturityDays: number;
  readonly horizonDays: number;
  /** labels a source needs before its curve is shown */
  readonly needed: number;
  /** strongest source first; sources without labels are left out */
  readonly sources: readonly SourceArrival[];
};

const PAYMENT_DAYS = 365;
const HORIZON_DAYS = 120;
const LEAST_LABELS = 30;

/**
 * How late labels come, by source, for payments of the last year: the share there after so many days, of those that
 * come within 120. @throws ServiceError "forbidden"
 */
export async function readLabelArrival(ctx: ServiceContext): Promise<LabelArrival> {
  requirePermission(ctx.actor, "review:quality");
  const { db } = ctx;
  const today = Math.floor(ctx.now().getTime() / DAY_MS);
  const since = new Date((today - PAYMENT_DAYS) * DAY_MS);
  const [policy, rows] = await Promise.all([
    findActivePolicy(db),
    db.labelDelayDay.groupBy({
      by: ["day", "source", "delayDays"],
      where: { day: { gte: since } },
      _sum: { labels: true },
    }),
  ]);
  const counts = rows.map(({ day, source, delayDays, _sum }) => ({
    source: LabelSource.parse(source),
    // The day after a payment made late on `day` is over two days after it began.
    ageDays: today - Math.floor(day.getTime() / DAY_MS) - 2,
    delayDays,
    labels: _sum.labels ?? 0,
  }));
  const sources = [...labelSources].reverse().flatMap((source): SourceArrival[] => {
    const own = counts.filter((count) => count.source === source);
    const labels = own.reduce((sum, count) => sum + count.labels, 0);
    if (labels === 0) return [];
    return [{ source, labels, curve: labels < LEAST_LABELS ? null : arrivalCurve(own, HORIZON_DAYS) }];
  });
  const maturityDays = policy?.policy.maturityDays ?? DEFAULT_MATURITY_DAYS;
  return { maturityDays, horizonDays: HORIZON_DAYS, needed: LEAST_LABELS, sources };
}
