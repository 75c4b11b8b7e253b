import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import type { TrainingRows } from "../model.ts";
import { binRows } from "./bin-rows.ts";
import { emptyNodes, leafOf, type Nodes } from "./nodes.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { cutsOf, type TrainingMemory, trainingMemory } from "./training-memory.ts";
import { soloTeam } from "./training-team.ts";
import { addUnsampled } from "./unsampled-rows.ts";

const WIDTH = 3;
const ROWS = 2_000;

/** A continuous column and a few whole numbers, both with missing values, and a column without. */
function rowsWithMissing(): TrainingRows {
  const rng = createRng(4);
  const features = Float64Array.from({ length: ROWS * WIDTH }, (_, at) => {
    if (at % WIDTH < 2 && rng.next() < 0.15) return Number.NaN;
    return at % WIDTH === 1 ? rng.integer(4) : rng.normal();
  });
  const labels = Uint8Array.from({ length: ROWS }, () => Number(rng.next() < 0.3));
  return { width: WIDTH, rows: ROWS, features, labels, weights: null };
}

function binned(training: TrainingRows): TrainingMemory {
  const memory = trainingMemory(training, gradientBoostingDefaults, 1);
  const team = soloTeam(memory);
  const steps = binRows(memory, training, {
    fitCuts: (rows) => team.run({ kind: "cuts", rows }),
    encode: (from, rows) => team.run({ kind: "codes", from, rows }),
  });
  for (const _ of steps);
  return memory;
}

type Split = {
  readonly node: number;
  readonly column: number;
  readonly cut: number;
  readonly missingRight: 0 | 1;
};

/** Splits with their children side by side behind them; leaves count up from 1. */
function treeOf(splits: readonly Split[]): Nodes {
  const nodes = emptyNodes(2 * splits.length + 1);
  for (let node = 0; node < nodes.value.length; node++) nodes.value[node] = node + 1;
  for (const [at, { node, column, cut, missingRight }] of splits.entries()) {
    nodes.feature[node] = column;
    nodes.value[node] = cut;
    nodes.left[node] = 1 + 2 * at;
    nodes.missingRight[node] = missingRight;
  }
  return nodes;
}

test("rows that a tree was not grown on get the leaf that serving gives them, missing values too", () => {
  const training = rowsWithMissing();
  const memory = binned(training);
  const cutOf = (column: number, share: number): number => {
    const cuts = cutsOf(memory, column);
    return cuts[Math.floor(share * cuts.length)] ?? Number.POSITIVE_INFINITY;
  };
  for (const missingRight of [0, 1] as const) {
    const tree = treeOf([
      { node: 0, column: 0, cut: cutOf(0, 0.4), missingRight },
      { node: 1, column: 1, cut: cutOf(1, 0.5), missingRight: 1 },
      { node: 2, column: 2, cut: cutOf(2, 0.9), missingRight: 0 },
      { node: 4, column: 0, cut: Number.POSITIVE_INFINITY, missingRight: 1 }, // apart from the missing alone
    ]);
    for (let row = 0; row < ROWS; row++) memory.order[row] = ROWS - 1 - row;
    memory.margins.fill(0);
    addUnsampled(memory, tree, 500);
    for (let row = 0; row < ROWS; row++) {
      const isSampled = row > ROWS - 1 - 500;
      expect(memory.margins[row]).toBe(isSampled ? 0 : leafOf(tree, 0, training.features, row * WIDTH));
    }
  }
});
