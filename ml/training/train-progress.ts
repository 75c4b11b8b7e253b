import type { AvailableFamily } from "#ml/models/families.ts";
import type { FitProgress } from "#ml/models/model.ts";
import type { FitPart } from "./train-family.ts";
import type { TrainContext } from "./train-options.ts";

/** Rough cost of a fit, to make the bar move evenly. */
const effort: Record<AvailableFamily, number> = {
  rules: 1,
  isolation_forest: 1,
  logistic_regression: 10,
  neural_network: 60,
  gradient_boosting: 15,
  ensemble: 2,
};
const EVALUATION_EFFORT = 10;
const EXPLANATION_EFFORT = 2;

/** Reports of one run as a fraction that never falls, whatever families it fits. */
export type ProgressMeter = {
  /** The next of a family's fits begins; the result takes its steps. */
  readonly fitting: (family: AvailableFamily, part?: FitPart) => (progress: FitProgress) => void;
  readonly evaluating: (family: AvailableFamily, index: number) => void;
  readonly explaining: (family: AvailableFamily) => void;
  readonly done: () => void;
};

const WHOLE: FitPart = { part: 0, parts: 1, name: "" };

/** Spreads [0, 1] over the families by the rough cost of a fit, evenly over the fits of each, and the evaluation. */
export function progressMeter(
  families: readonly AvailableFamily[],
  onProgress: TrainContext["onProgress"],
): ProgressMeter {
  const total = families.reduce(
    (sum, family) => sum + effort[family],
    EVALUATION_EFFORT + EXPLANATION_EFFORT,
  );
  let highest = 0;
  const report = (share: number, stage: string): void => {
    highest = Math.max(highest, Math.min(1, share / total));
    onProgress({ fraction: highest, stage });
  };
  return {
    fitting: (family, { part, parts, name } = WHOLE) => {
      const before = families.slice(0, families.indexOf(family)).reduce((sum, f) => sum + effort[f], 0);
      const share = effort[family] / parts;
      const from = before + part * share;
      const stage = name === "" ? `fit ${family}` : `fit ${family} (${name})`;
      report(from, stage);
      return ({ step, steps, note }) =>
        report(from + share * Math.min(1, step / Math.max(1, steps)), `${stage} ${note}`);
    },
    evaluating: (family, index) =>
      report(
        total - EXPLANATION_EFFORT - EVALUATION_EFFORT * (1 - index / families.length),
        `evaluate ${family}`,
      ),
    explaining: (family) => report(total - EXPLANATION_EFFORT, `weigh features of ${family}`),
    done: () => report(total, "done"),
  };
}
