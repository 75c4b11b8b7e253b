import { rocAuc } from "#ml/evaluation/ranking.ts";
import { breathe } from "#ml/models/cooperation.ts";
import { minimise } from "#ml/models/lbfgs.ts";
import { type FeatureReference, placeOf } from "./feature-reference.ts";

/** Rows drawn from one side, with whom each belongs to: rows of one customer are never on both sides of a fit. */
export type SampledWindow = {
  readonly rows: number;
  /** row-major */
  readonly features: Float64Array;
  readonly groups: readonly string[];
};

export type DomainVerdict = {
  /** chance that the classifier tells a row of the window from one of the reference: 0.5 when it can't */
  readonly auc: number | null;
  /** features by how much of the classifier's separation they carry; shares of 1, largest first */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
};

const ITERATIONS = 30;
/** Ridge penalty on every bin's weight, in rows. */
const PENALTY = 20;

/**
 * Can a classifier tell the window from the reference? Logistic regression with a weight for every bin of every
 * feature (missing and unseen are bins), cross-fitted in two folds by group, so that it cannot win by recognising
 * customers; features left out by `skip` are not shown to it. Deterministic. O(iterations rows width).
 */
export async function domainClassifier(
  reference: SampledWindow,
  window: SampledWindow,
  features: readonly FeatureReference[],
  skip: ReadonlySet<string>,
): Promise<DomainVerdict> {
  const used = features.flatMap((feature, column) => (skip.has(feature.name) ? [] : [{ feature, column }]));
  const sides = [encoded(reference, used, features.length), encoded(window, used, features.length)];
  const width = used.length;
  const cells = sides.flatMap((side) => [...side.cells]);
  const table: Table = {
    width,
    slots: sides[0]?.slots ?? 0,
    cells: Int32Array.from(cells),
    labels: Uint8Array.from({ length: reference.rows + window.rows }, (_, row) =>
      Number(row >= reference.rows),
    ),
    folds: Uint8Array.from([...reference.groups, ...window.groups], foldOf),
  };
  const carried = new Float64Array(width);
  const aucs: number[] = [];
  for (const fold of [0, 1]) {
    const auc = judgeFold(table, fold, await fitted(table, fold), carried);
    if (auc !== null) aucs.push(auc);
  }
  const total = carried.reduce((sum, value) => sum + Math.max(0, value), 0);
  return {
    auc: aucs.length === 0 ? null : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
    shares: used
      .map(({ feature }, at) => ({
        name: feature.name,
        share: total > 0 ? Math.max(0, carried[at] ?? 0) / total : 0,
      }))
      .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1)),
  };
}

type Table = {
  readonly width: number;
  readonly slots: number;
  /** slot of each row's bin, row-major */
  readonly cells: Int32Array;
  readonly labels: Uint8Array;
  readonly folds: Uint8Array;
};

function encoded(
  { rows, features }: SampledWindow,
  used: readonly { readonly feature: FeatureReference; readonly column: number }[],
  stride: number,
): { readonly cells: Int32Array; readonly slots: number } {
  const cells = new Int32Array(rows * used.length);
  let slots = 0;
  for (const [at, { feature, column }] of used.entries()) {
    const bins = feature.counts.length;
    for (let row = 0; row < rows; row++) {
      const place = placeOf(feature, features[row * stride + column] ?? Number.NaN);
      const bin = place === "missing" ? bins : place === "unseen" ? bins + 1 : place;
      cells[row * used.length + at] = slots + bin;
    }
    slots += bins + 2;
  }
  return { cells, slots };
}

/** Weights of every slot, and the intercept last, from the rows of the other fold; each side counts one half. */
async function fitted(table: Table, heldOut: number): Promise<Float64Array> {
  const { width, slots, cells, labels, folds } = table;
  const kept = [...labels.keys()].filter((row) => folds[row] !== heldOut);
  const ones = kept.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  if (ones === 0 || ones === kept.length) return new Float64Array(slots + 1);
  const weightOf = [kept.length / 2 / (kept.length - ones), kept.length / 2 / ones];
  const { x } = await minimise(
    (weights, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let slot = 0; slot < slots; slot++) {
        const weight = weights[slot] ?? 0;
        loss += (PENALTY * weight * weight) / 2;
        gradient[slot] = PENALTY * weight;
      }
      for (const row of kept) {
        const label = labels[row] ?? 0;
        const weight = weightOf[label] ?? 1;
        const margin = marginOf(table, row, weights);
        loss += weight * (Math.max(0, margin) - label * margin + Math.log1p(Math.exp(-Math.abs(margin))));
        const slope = weight * (1 / (1 + Math.exp(-margin)) - label);
        for (let at = row * width; at < (row + 1) * width; at++) {
          const slot = cells[at] as number;
          gradient[slot] = (gradient[slot] as number) + slope;
        }
        gradient[slots] = (gradient[slots] ?? 0) + slope;
      }
      return loss;
    },
    new Float64Array(slots + 1),
    { maxIterations: ITERATIONS, tolerance: 1e-3 * kept.length, onIteration: () => breathe(null) },
  );
  return x;
}

function marginOf({ width, slots, cells }: Table, row: number, weights: Float64Array): number {
  let margin = weights[slots] as number;
  for (let at = row * width; at < (row + 1) * width; at++) margin += weights[cells[at] as number] as number;
  return margin;
}

/** AUC on the held-out rows; adds what each feature puts between the two sides' mean margins to `carried`. */
function judgeFold(table: Table, fold: number, weights: Float64Array, carried: Float64Array): number | null {
  const { width, cells, labels, folds } = table;
  const rows = [...labels.keys()].filter((row) => folds[row] === fold);
  const own = rows.map((row) => labels[row] ?? 0);
  const ones = own.reduce((sum, label) => sum + label, 0);
  for (const row of rows) {
    const side = labels[row] === 1 ? 1 / Math.max(1, ones) : -1 / Math.max(1, rows.length - ones);
    for (let at = 0; at < width; at++) {
      carried[at] = (carried[at] ?? 0) + side * (weights[cells[row * width + at] as number] ?? 0);
    }
  }
  return rocAuc(
    rows.map((row) => marginOf(table, row, weights)),
    own,
  );
}

/** Half of the groups, the same ones on both sides: FNV-1a, its high bits. */
function foldOf(group: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < group.length; i++) hash = Math.imul(hash ^ group.charCodeAt(i), 0x01000193);
  return (hash >>> 16) & 1;
}
