import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { WeightedSums } from "#ml/evaluation/weighted-share.ts";
import type { ExpectedSums } from "#ml/monitoring/cbpe-interval.ts";

/**
 * What is summed over the rows of a group: of all rows whose truth will be known with some chance (`rows` to
 * `pInverse`), of those of them that are mature and known (`known` to `fraudSquares`, weighing 1 / chance), and of the
 * reviewed ones among these alone (weighing 1 / propensity of a review).
 */
const sumNames = [
  "rows",
  "p",
  "pp",
  "inverse",
  "pInverse",
  "known",
  "weight",
  "squares",
  "frauds",
  "fraudWeight",
  "fraudSquares",
  "reviewedWeight",
  "reviewedSquares",
  "reviewedFraudWeight",
  "reviewedFraudSquares",
] as const;
type SumName = (typeof sumNames)[number];
export type CohortSums = Readonly<Record<SumName, number>>;

/** Sums of rows by score, highest first: a group is of one score, or of all from `scores` up to the group before. */
export type CohortGroups = { readonly scores: Float64Array; readonly sums: Float64Array };

const WIDTH = sumNames.length;

/** `truth` is 1 for a fraud, 0 for a legitimate payment, -1 while it is not known. */
export type GroupedRow = {
  readonly p: number;
  readonly chance: number;
  readonly truth: number;
  readonly reviewWeight: number;
};

function valuesOf({ p, chance, truth, reviewWeight }: GroupedRow): CohortSums {
  const inverse = 1 / chance;
  const known = truth === -1 ? 0 : 1;
  const fraud = truth === 1 ? 1 : 0;
  return {
    rows: 1,
    p,
    pp: p * p,
    inverse,
    pInverse: p * inverse,
    known,
    weight: known * inverse,
    squares: known * inverse ** 2,
    frauds: fraud,
    fraudWeight: fraud * inverse,
    fraudSquares: fraud * inverse ** 2,
    reviewedWeight: known * reviewWeight,
    reviewedSquares: known * reviewWeight ** 2,
    reviewedFraudWeight: fraud * reviewWeight,
    reviewedFraudSquares: fraud * reviewWeight ** 2,
  };
}

/** Collects groups from the highest score down. */
export class GroupCollector {
  readonly #scores: number[] = [];
  readonly #sums: number[] = [];
  #at = -WIDTH;

  get groups(): number {
    return this.#scores.length;
  }

  /** Begins a group, which the next sums go into. */
  begin(score: number): void {
    this.#scores.push(score);
    for (let i = 0; i < WIDTH; i++) this.#sums.push(0);
    this.#at += WIDTH;
  }

  add(row: GroupedRow): void {
    const values = valuesOf(row);
    for (const [i, name] of sumNames.entries()) {
      this.#sums[this.#at + i] = (this.#sums[this.#at + i] as number) + values[name];
    }
  }

  build(): CohortGroups {
    return { scores: Float64Array.from(this.#scores), sums: Float64Array.from(this.#sums) };
  }
}

/** Sums of the groups at or above a threshold, and of those below it. O(groups). */
export function sumsAround(
  { scores, sums }: CohortGroups,
  threshold: number,
): { readonly above: CohortSums; readonly below: CohortSums } {
  const above = new Float64Array(WIDTH);
  const below = new Float64Array(WIDTH);
  for (let group = 0; group < scores.length; group++) {
    const side = (scores[group] as number) >= threshold ? above : below;
    for (let i = 0; i < WIDTH; i++) side[i] = (side[i] as number) + (sums[group * WIDTH + i] as number);
  }
  return { above: named(above), below: named(below) };
}

function named(values: Float64Array): CohortSums {
  const entries = sumNames.map((name, i) => [name, values[i] ?? 0]);
  return Object.fromEntries(entries) as Record<SumName, number>;
}

/** Adds sums of several weeks up. */
export function addSums(all: readonly CohortSums[]): CohortSums {
  const total = new Float64Array(WIDTH);
  for (const sums of all) {
    for (const [i, name] of sumNames.entries()) total[i] = (total[i] as number) + sums[name];
  }
  return named(total);
}

export const expectedOf = ({ rows, p, pp, inverse, pInverse }: CohortSums): ExpectedSums => ({
  rows,
  p,
  pp,
  inverse,
  pInverse,
});

/** Weighted precision's sums (of the alerts) and recall's (of the frauds), by what is known or by reviews alone. */
export function realisedSums(
  { above, below }: { readonly above: CohortSums; readonly below: CohortSums },
  by: "known" | "reviewed",
): { readonly precision: WeightedSums; readonly recall: WeightedSums } {
  return by === "known"
    ? {
        precision: { hits: above.fraudWeight, total: above.weight, squares: above.squares },
        recall: {
          hits: above.fraudWeight,
          total: above.fraudWeight + below.fraudWeight,
          squares: above.fraudSquares + below.fraudSquares,
        },
      }
    : {
        precision: {
          hits: above.reviewedFraudWeight,
          total: above.reviewedWeight,
          squares: above.reviewedSquares,
        },
        recall: {
          hits: above.reviewedFraudWeight,
          total: above.reviewedFraudWeight + below.reviewedFraudWeight,
          squares: above.reviewedFraudSquares + below.reviewedFraudSquares,
        },
      };
}

export function encodeGroups({ scores, sums }: CohortGroups): Uint8Array<ArrayBuffer> {
  const both = new Float64Array(scores.length + sums.length);
  both.set(scores);
  both.set(sums, scores.length);
  return Uint8Array.from(deflateRawSync(new Uint8Array(both.buffer), { level: 1 }));
}

/** @throws RangeError when the bytes are no whole groups */
export function decodeGroups(bytes: Uint8Array): CohortGroups {
  const raw = Uint8Array.from(inflateRawSync(bytes)); // a copy starts at a multiple of eight bytes
  if (raw.length % (8 * (WIDTH + 1)) !== 0)
    throw new RangeError(`${raw.length} bytes are no groups of a cohort`);
  const both = new Float64Array(raw.buffer);
  const groups = both.length / (WIDTH + 1);
  return { scores: both.subarray(0, groups), sums: both.subarray(groups) };
}
