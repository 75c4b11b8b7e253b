import { DAY_MS, type SplitWindows } from "./time-split.ts";

export type WalkForwardPlan = {
  /** Start of the last fold's test window. */
  readonly lastTestFromMs: number;
  readonly folds: number;
  readonly stepDays: number;
  readonly trainDays: number;
  readonly gapDays: number;
  readonly validationDays: number;
  readonly testDays: number;
};

/**
 * Prequential folds, latest first: each fold is `stepDays` earlier than the one before it and is fitted anew. Within
 * a fold: train, gap, validation, test, one after the other.
 */
export function walkForward(plan: WalkForwardPlan): SplitWindows[] {
  return Array.from({ length: plan.folds }, (_, fold) => {
    const testFrom = plan.lastTestFromMs - fold * plan.stepDays * DAY_MS;
    const validationFrom = testFrom - plan.validationDays * DAY_MS;
    const trainTo = validationFrom - plan.gapDays * DAY_MS;
    return {
      train: { fromMs: trainTo - plan.trainDays * DAY_MS, toMs: trainTo },
      validation: { fromMs: validationFrom, toMs: testFrom },
      test: { fromMs: testFrom, toMs: testFrom + plan.testDays * DAY_MS },
    };
  });
}
