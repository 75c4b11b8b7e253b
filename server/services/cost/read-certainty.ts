import { setImmediate as nextTurn } from "node:timers/promises";
import type { ServiceContext } from "#server/services/context.ts";
import { APPROVE, DECLINE, REVIEW } from "#server/services/policy/assign-outcomes.ts";
import type { Estimate } from "#server/services/policy/simulated-view.ts";
import type { Action, CostPoint } from "./cost-curve.ts";
import { costWindow, outcomesInForce, type ReadCostsInput } from "./cost-window.ts";
import { type CostBand, curveBands } from "./curve-bands.ts";
import { drawnCurve } from "./read-costs.ts";
import { type TreatmentCost, treatmentCosts } from "./treatment-costs.ts";

const modelStrategies = ["served", "policy", "best_review", "best_decline"] as const;
type ModelStrategy = (typeof modelStrategies)[number];

const placeOf = (key: ModelStrategy): number => modelStrategies.indexOf(key);

export type CertaintyView = {
  readonly replicates: number;
  /** of the first points of the curve of readCosts, in its order, as far as costs are worth a look */
  readonly bands: readonly CostBand[];
  /** of each way to treat the payments that needs a score */
  readonly strategies: readonly (TreatmentCost & { readonly key: ModelStrategy })[];
  /** what the policy in force costs more than the best threshold of an action, paired */
  readonly policyOverBest: Readonly<Record<Action, Estimate>>;
  readonly approveAll: Estimate;
  readonly reviewAll: Estimate;
};

const REPLICATES = 200;
const SEED = 1;
/** Beyond so many times the cost of acting on nothing a curve is not drawn. */
const MOST_TIMES = 4;

/**
 * How sure the figures of readCosts are: 95 % percentile intervals of a Poisson bootstrap by customer. Null under the
 * floor of labelled frauds and when nothing was scored. Same refusals as costWindow.
 */
export async function readCertainty(
  ctx: ServiceContext,
  asked: ReadCostsInput,
): Promise<CertaintyView | null> {
  const of = await costWindow(ctx, asked);
  if (of === null || !of.floor.met) return null;
  const { curve, optimum } = await drawnCurve(ctx, of);
  const bands = curveBands(of.input, shownThresholds(curve), { seed: SEED, replicates: REPLICATES });
  await nextTurn();
  const { score, outcome } = of.input.rows.columns;
  const inForce = outcomesInForce(of);
  const from = (threshold: number | null, act: number) => (row: number) =>
    threshold !== null && (score[row] as number) >= threshold ? act : APPROVE;
  const treatments: Record<ModelStrategy, (row: number) => number> = {
    served: (row) => outcome[row] as number,
    policy: (row) => inForce[row] as number,
    best_review: from(optimum.review.threshold, REVIEW),
    best_decline: from(optimum.decline.threshold, DECLINE),
  };
  const found = treatmentCosts(
    of.input,
    modelStrategies.map((key) => treatments[key]),
    { seed: SEED },
  );
  const strategies = modelStrategies.flatMap((key, at) => {
    const cost = found.treatments[at];
    return cost === undefined ? [] : [{ ...cost, key }];
  });
  return {
    replicates: REPLICATES,
    bands,
    strategies,
    policyOverBest: {
      review: found.difference(placeOf("policy"), placeOf("best_review")),
      decline: found.difference(placeOf("policy"), placeOf("best_decline")),
    },
    approveAll: found.approveAll,
    reviewAll: found.reviewAll,
  };
}

/** The thresholds from the highest down to where either way to act costs many times as much as acting on nothing. */
function shownThresholds(curve: readonly CostPoint[]): (number | null)[] {
  const most = MOST_TIMES * (curve[0]?.reviewMinor ?? 0);
  const beyond = curve.findIndex((point) => Math.min(point.reviewMinor, point.declineMinor) > most);
  return (beyond < 0 ? curve : curve.slice(0, beyond)).map(({ threshold }) => threshold);
}
