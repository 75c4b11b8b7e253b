import type { CostModel } from "#server/domain/cost.ts";
import { costOf, totalMinor } from "#server/services/cost/breakdown.ts";
import { type Rung, rungAt } from "./ladder.ts";
import type { ScoreGroup } from "./load-groups.ts";
import { minusTally, nothing, type Tally } from "./tally.ts";

/**
 * What the known payments of one currency cost on average, in minor units: a fraud that is let through, a fraud that
 * is reviewed, a legitimate payment that is reviewed. Null where there is none to average.
 */
export type MeanCosts = {
  readonly missedMinor: number | null;
  readonly caughtMinor: number | null;
  readonly falseAlertMinor: number | null;
};

/** What alerting from a threshold means for the analysts and for the money. */
export type ThresholdLoad = {
  /** payments of every class at or above it: known, waiting and declined ones */
  readonly alerts: number;
  /** cost of the known payments of the currency when these are reviewed and all others approved */
  readonly costMinor: number;
};

/** Mean costs by the policy's figures: with them, points of equal cost lie on lines. */
export function meanCosts(money: readonly Rung[], cost: CostModel): MeanCosts {
  const { fraud, legitimate } = money.at(-1) ?? { fraud: nothing, legitimate: nothing };
  const mean = (total: number, { rows }: Tally): number | null => (rows === 0 ? null : total / rows);
  const frauds = { fraud, legitimate: nothing };
  const good = { fraud: nothing, legitimate };
  return {
    missedMinor: mean(totalMinor(costOf("approve", frauds, cost)), fraud),
    caughtMinor: mean(totalMinor(costOf("review", frauds, cost)), fraud),
    falseAlertMinor: mean(totalMinor(costOf("review", good, cost)), legitimate),
  };
}

/** Load and cost at thresholds asked in falling order, each a cut of the groups. `money` is of the currency shown. */
export function thresholdLoads(
  groups: readonly ScoreGroup[],
  money: readonly Rung[],
  cost: CostModel,
): (threshold: number) => ThresholdLoad {
  const scored = groups.filter((group) => group.class !== "unscored").sort((a, b) => b.cut - a.cut);
  const all = money.at(-1) ?? { fraud: nothing, legitimate: nothing };
  const moneyAt = rungAt(money);
  let [next, alerts] = [0, 0];
  return (threshold) => {
    for (let group = scored[next]; group !== undefined && group.cut >= threshold; group = scored[++next]) {
      alerts += group.rows;
    }
    const alerted = moneyAt(threshold) ?? { fraud: nothing, legitimate: nothing };
    const passed = { fraud: minusTally(all.fraud, alerted.fraud), legitimate: nothing };
    const costMinor =
      totalMinor(costOf("review", alerted, cost)) + totalMinor(costOf("approve", passed, cost));
    return { alerts, costMinor };
  };
}
