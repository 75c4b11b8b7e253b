import { decodeBytes, encodeBytes } from "./base64.ts";
import type { TrainingRows } from "./model.ts";

/**
 * What each category of one column says about fraud: its log-odds of fraud less the log-odds overall, so that a
 * category that was never seen says 0. NaN is the category of missing values.
 */
export type TargetTable = { readonly column: number; readonly evidence: ReadonlyMap<number, number> };

export type TargetTableJson = {
  readonly column: number;
  readonly codes: string;
  readonly evidence: string;
};

/** Rows' worth of the overall rate that every category starts with (the m of the m-estimate). */
export const SMOOTHING = 50;

type Tally = { frauds: number; weight: number };

/** Tables of the columns from all rows: what rows outside the training slice are encoded with. O(rows x columns). */
export function fitTargetTables(training: TrainingRows, columns: readonly number[]): TargetTable[] {
  const overall = { frauds: 0, weight: 0 };
  for (let row = 0; row < training.rows; row++) count(overall, training, row);
  return columns.map((column) => {
    const tallies = new Map<number, Tally>();
    for (let row = 0; row < training.rows; row++)
      count(tallyOf(tallies, training, { row, column }), training, row);
    const codes = [...tallies.keys()].sort(
      (a, b) => a - b || Number(Number.isNaN(a)) - Number(Number.isNaN(b)),
    );
    return {
      column,
      evidence: new Map(codes.map((code) => [code, evidenceOf(tallies.get(code) ?? NOTHING, overall)])),
    };
  });
}

/**
 * Writes the encoding of the training rows themselves over their category columns in `out`, a copy of their features.
 * Ordered target statistics (Prokhorenkova et al. 2018, CatBoost), with the rows' own order, which is time, for the
 * permutation: a row is encoded by the rows before it alone, so that its own label, and any later one, cannot come
 * back to it. Folds would leave each label's shadow in the complement of its fold, and need a seed. O(rows x columns).
 */
export function encodeInOrder(training: TrainingRows, columns: readonly number[], out: Float64Array): void {
  const overall = { frauds: 0, weight: 0 };
  const tallies = columns.map((column) => ({ column, byCode: new Map<number, Tally>() }));
  for (let row = 0; row < training.rows; row++) {
    for (const { column, byCode } of tallies) {
      const tally = tallyOf(byCode, training, { row, column });
      out[row * training.width + column] = evidenceOf(tally, overall);
      count(tally, training, row);
    }
    count(overall, training, row);
  }
}

/** Writes the tables' encoding over the category columns of `rows` rows in `features`. */
export function encodeByTables(
  tables: readonly TargetTable[],
  features: Float64Array,
  { rows, width }: { rows: number; width: number },
): void {
  for (const { column, evidence } of tables) {
    for (let at = column, row = 0; row < rows; row++, at += width) {
      features[at] = evidence.get(features[at] as number) ?? 0;
    }
  }
}

export function targetTableToJson({ column, evidence }: TargetTable): TargetTableJson {
  return {
    column,
    codes: encodeBytes(Float64Array.from(evidence.keys())),
    evidence: encodeBytes(Float64Array.from(evidence.values())),
  };
}

/** @throws RangeError when the column is not one of `width`, or codes and evidence do not fit together. */
export function targetTableFromJson(json: unknown, width: number): TargetTable {
  const { column, codes, evidence } = (json ?? {}) as Partial<TargetTableJson>;
  if (column === undefined || !(Number.isInteger(column) && column >= 0 && column < width)) {
    throw new RangeError(`target encoding: ${column} is not a column of ${width}`);
  }
  const [keys, values] = [doublesOf(codes), doublesOf(evidence)];
  const table = new Map([...keys].map((code, i) => [code, values[i] ?? Number.NaN]));
  if (table.size !== values.length || keys.length !== values.length || !values.every(Number.isFinite)) {
    throw new RangeError(`target encoding: the table of column ${column} is damaged`);
  }
  return { column, evidence: table };
}

const NOTHING: Tally = { frauds: 0, weight: 0 };

function doublesOf(text: unknown): Float64Array {
  const bytes = decodeBytes(String(text ?? ""));
  if (bytes.byteLength % 8 !== 0) throw new RangeError("target encoding: a table has half a number");
  return new Float64Array(bytes);
}

function tallyOf(
  tallies: Map<number, Tally>,
  { features, width }: TrainingRows,
  { row, column }: { row: number; column: number },
): Tally {
  const code = features[row * width + column] as number;
  const known = tallies.get(code);
  if (known !== undefined) return known;
  const tally = { frauds: 0, weight: 0 };
  tallies.set(code, tally);
  return tally;
}

function count(tally: Tally, { labels, weights }: TrainingRows, row: number): void {
  const weight = weights === null ? 1 : (weights[row] as number);
  tally.weight += weight;
  if (labels[row] === 1) tally.frauds += weight;
}

/** Log-odds of the m-estimate (Micci-Barreca 2001) less those of the overall rate, which is kept off 0 and 1. */
function evidenceOf(tally: Tally, overall: Tally): number {
  const prior = (overall.frauds + 0.5) / (overall.weight + 1);
  const rate = (tally.frauds + SMOOTHING * prior) / (tally.weight + SMOOTHING);
  return tally.weight === 0 ? 0 : logOdds(rate) - logOdds(prior);
}

function logOdds(rate: number): number {
  return Math.log(rate) - Math.log1p(-rate);
}
