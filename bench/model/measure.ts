import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { Family, TrainingRows } from "#ml/models/model.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";

export const batchSizes = [1, 8, 64, 1000] as const;

/** Costs of one model on one core, in CPU time but for the first row. */
export type Costs = {
  readonly family: string;
  /** JSON of the model, as stored. */
  readonly bytes: number;
  readonly loadMs: number;
  /** The very first row that a fresh scorer scores, nothing compiled or cached for it. */
  readonly firstRowMicros: number;
  readonly scoreMicros: Readonly<Record<(typeof batchSizes)[number], number>>;
  readonly explainMicros: number;
};

/** As many as a decision names. */
const REASONS = 3;
const ROUNDS = 5;
const LEAST_MICROS = 150_000;

/** Loads a model as a scoring server does and measures it on the rows. */
export function measure(family: Family, json: unknown, rows: TrainingRows): Costs {
  const artifact = {
    family,
    featureSet: defaultFeatureSet,
    model: json,
    marginOffset: 0,
    calibrator: { kind: "platt", a: -1, b: 0 },
  } as const;
  const loading = process.cpuUsage();
  const scorer = loadScorer(artifact);
  const { user, system } = process.cpuUsage(loading);
  const loaded = performance.now();
  scorer.score(rows.features, 1, new Float64Array(1));
  const firstRowMicros = (performance.now() - loaded) * 1000;
  const scoreMicros = { 1: 0, 8: 0, 64: 0, 1000: 0 };
  for (const size of batchSizes) scoreMicros[size] = perRow(rows, size, batchScoring(scorer, rows, size));
  return {
    family,
    bytes: JSON.stringify(json).length,
    loadMs: (user + system) / 1000,
    firstRowMicros,
    scoreMicros,
    explainMicros: perRow(rows, 1, (row) => {
      scorer.explainTop(rows.features.subarray(row * rows.width, (row + 1) * rows.width), REASONS);
    }),
  };
}

function batchScoring(scorer: Scorer, { features, width }: TrainingRows, size: number) {
  const out = new Float64Array(size);
  return (row: number): void => scorer.score(features.subarray(row * width, (row + size) * width), size, out);
}

/** Median over rounds of the CPU time a row, of `work` on batches of `size` rows that begin at the row given. */
function perRow({ rows }: TrainingRows, size: number, work: (row: number) => void): number {
  const round = (): number => {
    const before = process.cpuUsage();
    for (let done = 0, row = 0; ; ) {
      for (let i = 0; i < 64; i += size) {
        work(row);
        done += size;
        row = row + 2 * size > rows ? 0 : row + size;
      }
      const { user, system } = process.cpuUsage(before);
      if (user + system > LEAST_MICROS) return (user + system) / done;
    }
  };
  round();
  const costs = Array.from({ length: ROUNDS }, round).toSorted((a, b) => a - b);
  return costs[ROUNDS >> 1] ?? Number.NaN;
}
