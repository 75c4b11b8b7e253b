import type { AvailableFamily } from "#ml/models/families.ts";
import type { FitProgress } from "#ml/models/model.ts";
import type { TrainContext } from "./train-options.ts";

/** Rough cost of a fit, to make the bar move evenly. */
const effort: Record<AvailableFamily, number> = {
  rules: 1,
  isolation_forest: 1,
  logistic_regression: 10,
  neural_network: 60,
  gradient_boosting: 15,
};
const EVALUATION_EFFORT = 10;

/** Reports of one run as a fraction that never falls, whatever families it fits. */
export type ProgressMeter = {
  readonly fitting: (family: AvailableFamily) => (progress: FitProgress) => void;
  readonly evaluating: (family: AvailableFamily, index: number) => void;
  readonly done: () => void;
};

/** Spreads [0, 1] over the fits by their rough cost and the evaluation after them. */
export function progressMeter(
  families: readonly AvailableFamily[],
  onProgress: TrainContext["onProgress"],
): ProgressMeter {
  const total = families.reduce((sum, family) => sum + effort[family], EVALUATION_EFFORT);
  let highest = 0;
  const report = (share: number, stage: string): void => {
    highest = Math.max(highest, Math.min(1, share / total));
    onProgress({ fraction: highest, stage });
  };
  return {
    fitting: (family) => {
      const before = families.slice(0, families.indexOf(family)).reduce((sum, f) => sum + effort[f], 0);
      report(before, `fit ${family}`);
      return ({ step, steps, note }) =>
        report(before + effort[family] * Math.min(1, step / Math.max(1, steps)), `fit ${family} ${note}`);
    },
    evaluating: (family, index) =>
      report(total - EVALUATION_EFFORT * (1 - index / families.length), `evaluate ${family}`),
    done: () => report(total, "done"),
  };
}
