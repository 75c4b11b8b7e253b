import { quantiles } from "#ml/math/quantile.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { breathe } from "../cooperation.ts";
import { kindsOf } from "../feature-kind.ts";
import { forestFromJson, forestToJson } from "../gradient-boosting/forest-json.ts";
import { forestWalk } from "../gradient-boosting/forest-walk.ts";
import { type Forest, joinTrees, type Nodes } from "../gradient-boosting/nodes.ts";
import { type TreeShap, treeShap, treeShapSteps } from "../gradient-boosting/tree-shap.ts";
import type { FittedModel, ModelFamily, TrainingRows } from "../model.ts";
import { growIsolationTree } from "./grow-isolation-tree.ts";

export type IsolationForestOptions = {
  readonly trees: number;
  readonly sample: number; // rows that each tree isolates
  /** Share of fraud to expect before there are labels: places the margins, never their order. */
  readonly expectedRate: number;
};

type Json = { readonly family: "isolation_forest"; readonly version: 1; readonly forest: unknown };

const PLACED_ROWS = 20_000;
const MOST_TREES = 10_000;

/**
 * Isolation forest (Liu, Ting and Zhou 2008) for the cold start: it reads no label and no weight, so a training slice
 * without fraud will do. Rows that random cuts isolate early are anomalous. The margin falls with the mean path length
 * E(h), as the published score 2^(-E(h) / c) does, so both rank alike; it is 0 for a row among the `expectedRate` most
 * anomalous of training, and the log-odds of `expectedRate` for the middle one. Being a sum of leaf values, it has
 * exact TreeSHAP contributions. Category columns are left out: their codes are in no order that a cut could use.
 */
export const isolationForestFamily: ModelFamily<IsolationForestOptions> = {
  family: "isolation_forest",
  defaults: { trees: 100, sample: 256, expectedRate: 0.01 },
  async fit(training, _validation, options, context) {
    checkOptions(options);
    const columns = kindsOf(context).flatMap((kind, column) => (kind === "category" ? [] : [column]));
    const rng = createRng(`isolation:${context.seed}`);
    const order = Uint32Array.from({ length: training.rows }, (_, row) => row);
    const trees: Nodes[] = [];
    for (let t = 1; t <= (training.rows === 0 ? 0 : options.trees); t++) {
      await breathe(context.signal);
      const rows = drawRows(order, Math.min(options.sample, training.rows), rng);
      trees.push(growIsolationTree({ ...training, rows, columns }, rng));
      context.onProgress({ step: t, steps: options.trees, note: `tree ${t} of ${options.trees}` });
    }
    return fromForest(
      placed(joinTrees({ width: training.width, base: 0 }, trees), training, options.expectedRate),
    );
  },
  load(json) {
    const { family, version, forest } = (json ?? {}) as Partial<Json>;
    if (family !== "isolation_forest" || version !== 1) {
      throw new RangeError(`not an isolation forest of version 1: ${family} ${version}`);
    }
    return fromForest(forestFromJson(forest));
  },
};

/** @throws RangeError that names the first option out of its range. */
function checkOptions({ trees, sample, expectedRate }: IsolationForestOptions): void {
  const isCount = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (!isCount(trees, MOST_TREES)) throw new RangeError("isolation forest: option trees is out of its range");
  if (!isCount(sample, 2 ** 16)) throw new RangeError("isolation forest: option sample is out of its range");
  if (!(expectedRate > 0 && expectedRate <= 0.5)) {
    throw new RangeError("isolation forest: option expectedRate is out of its range");
  }
}

/** The first places of `order` after as many steps of a shuffle: rows without replacement. */
function drawRows(order: Uint32Array, count: number, rng: Rng): Uint32Array {
  for (let i = 0; i < count; i++) {
    const j = i + rng.integer(order.length - i);
    const picked = order[j] as number;
    order[j] = order[i] as number;
    order[i] = picked;
  }
  return order.slice(0, count);
}

/** Turns leaf values from path lengths into shares of the margin. */
function placed(paths: Forest, training: TrainingRows, rate: number): Forest {
  const logOdds = Math.log(rate) - Math.log1p(-rate);
  const [rare = 0, middle = 0] = quantiles(meanPaths(paths, training), [rate, 0.5]) ?? [];
  const slope = middle > rare ? -logOdds / (middle - rare) : 1;
  const { nodes, roots } = paths;
  const value = nodes.value.map((length, node) =>
    (nodes.feature[node] as number) < 0 ? (-slope * length) / roots.length : length,
  );
  return { ...paths, base: logOdds + slope * middle, nodes: { ...nodes, value } };
}

/** Mean path length of training rows spread evenly over the slice. */
function meanPaths(paths: Forest, { features, rows, width }: TrainingRows): Float64Array {
  const count = Math.min(rows, PLACED_ROWS);
  const sampled = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * rows) / count);
    sampled.set(features.subarray(row * width, (row + 1) * width), i * width);
  }
  const sums = new Float64Array(count);
  forestWalk(paths)(sampled, count, sums);
  return sums.map((sum) => sum / paths.roots.length);
}

function fromForest(forest: Forest): FittedModel {
  let shap: TreeShap | null = null;
  const explain = (): TreeShap => {
    shap ??= treeShap(forest);
    return shap;
  };
  return {
    family: "isolation_forest",
    width: forest.width,
    margins: forestWalk(forest),
    contributions: (row, out) => explain()(row, out),
    *prepare() {
      shap ??= yield* treeShapSteps(forest);
    },
    toJSON: (): Json => ({ family: "isolation_forest", version: 1, forest: forestToJson(forest) }),
  };
}
