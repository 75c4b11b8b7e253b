import { createRng } from "#ml/math/seeded-random.ts";
import { cardPrecisionAtK } from "./card-precision.ts";
import {
  type DrawnRows,
  drawAgain,
  drawn,
  measureDraw,
  numberedFrom0,
  percentileInterval,
  rankRows,
} from "./drawn-ranking.ts";
import type { Interval } from "./wilson-interval.ts";

/** What a model said of each row, and what acting on it came to; NaN where that cannot be counted. */
export type ComparedModel = { readonly scores: Float64Array; readonly costMinor: Float64Array };

/** Labelled rows of customers that every model scored; days and cards as numbers. */
export type ComparedRows = {
  readonly labels: Uint8Array;
  readonly customers: ArrayLike<number>;
  readonly days: Float64Array;
  readonly cards: ArrayLike<number>;
};

/** `expectedCostMinor` is the mean of the rows that have one. `recallAtFpr001` is at 0.1 %, `recallAtFpr01` at 1 %. */
export const comparedMeasures = [
  "averagePrecision",
  "rocAuc",
  "recallAtFpr001",
  "recallAtFpr01",
  "cardPrecision100",
  "expectedCostMinor",
  "brier",
  "ece",
] as const;
export type ComparedMeasure = (typeof comparedMeasures)[number];
export type Measures = Readonly<Record<ComparedMeasure, number | null>>;

/** `difference` is model minus reference on the same rows; its 95 % interval is paired. Null for the reference. */
export type ModelComparison = {
  readonly measures: Measures;
  readonly difference: Measures | null;
  readonly differenceInterval: Readonly<Record<ComparedMeasure, Interval | null>> | null;
};

export type CompareModelsOptions = { readonly seed: number; readonly replicates: number };

const CARDS_A_DAY = 100;

/**
 * Measures of several models on the same rows, and what each differs from the first, the reference. Differences are
 * resampled by customer, all models on the same draws; those of card precision, which is of days, by day.
 * O(models x n (log n + replicates)).
 * @throws RangeError as rankedCounts, or when lengths differ
 */
export function compareModels(
  rows: ComparedRows,
  models: readonly ComparedModel[],
  { seed, replicates }: CompareModelsOptions,
): ModelComparison[] {
  const customers = numberedFrom0(rows.customers);
  const prepared = models.map((model) => prepare(rows, model, customers));
  const once = new Float64Array(customers.count).fill(1);
  const whole = prepared.map((model) => measuresOf(model, once, mean(model.cardDays)));
  const rng = createRng(`compare models:${seed}`);
  const found = prepared.map(() => emptySamples());
  const draws = new Float64Array(customers.count);
  const days = new Float64Array(prepared[0]?.cardDays.length ?? 0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawAgain(draws, rng);
    drawAgain(days, rng);
    const drawnMeasures = prepared.map((model) =>
      measuresOf(model, draws, weightedMean(model.cardDays, days)),
    );
    const [reference] = drawnMeasures;
    if (reference === undefined) break;
    for (const [at, measures] of drawnMeasures.entries()) {
      const difference = minus(measures, reference);
      for (const name of comparedMeasures) {
        const value = difference[name];
        if (value !== null) found[at]?.[name].push(value);
      }
    }
  }
  const [reference] = whole;
  return whole.map((measures, at) =>
    at === 0 || reference === undefined
      ? { measures, difference: null, differenceInterval: null }
      : {
          measures,
          difference: minus(measures, reference),
          differenceInterval: intervalsOf(found[at] ?? emptySamples(), replicates),
        },
  );
}

type Prepared = {
  readonly ranked: DrawnRows;
  /** card precision of each day */
  readonly cardDays: Float64Array;
  readonly squares: Float64Array;
  readonly payments: Float64Array;
  readonly cost: Float64Array;
  readonly costed: Float64Array;
};

function prepare(
  { labels, days, cards }: ComparedRows,
  { scores, costMinor }: ComparedModel,
  customers: ReturnType<typeof numberedFrom0>,
): Prepared {
  const [squares, payments, cost, costed] = Array.from(
    { length: 4 },
    () => new Float64Array(customers.count),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const add = (sums: Float64Array, customer: number, value: number): void => {
    sums[customer] = (sums[customer] as number) + value;
  };
  for (const [row, customer] of customers.of.entries()) {
    const gap = (scores[row] as number) - (labels[row] as number);
    add(squares, customer, gap * gap);
    add(payments, customer, 1);
    const spent = costMinor[row] as number;
    if (Number.isNaN(spent)) continue;
    add(cost, customer, spent);
    add(costed, customer, 1);
  }
  const cardIds = Array.from(cards, String);
  const { daily } = cardPrecisionAtK({ days, cardIds, labels, scores }, CARDS_A_DAY);
  return {
    ranked: rankRows({ scores, labels, weights: null }, customers),
    cardDays: Float64Array.from(daily, ({ precision }) => precision),
    squares,
    payments,
    cost,
    costed,
  };
}

function measuresOf(model: Prepared, draws: Float64Array, cardPrecision100: number | null): Measures {
  const { ece, ...ranking } = measureDraw(model.ranked, draws);
  return {
    ...ranking,
    cardPrecision100,
    expectedCostMinor: ratio(drawn(model.cost, draws), drawn(model.costed, draws)),
    brier: ratio(drawn(model.squares, draws), drawn(model.payments, draws)),
    ece,
  };
}

type Samples = Record<ComparedMeasure, number[]>;

const emptySamples = (): Samples => byMeasure(() => []);

function minus(model: Measures, reference: Measures): Measures {
  return byMeasure((name) => {
    const [ours, theirs] = [model[name], reference[name]];
    return ours === null || theirs === null ? null : ours - theirs;
  });
}

function intervalsOf(samples: Samples, replicates: number): Record<ComparedMeasure, Interval | null> {
  return byMeasure((name) => percentileInterval(samples[name], replicates));
}

function byMeasure<Value>(of: (name: ComparedMeasure) => Value): Record<ComparedMeasure, Value> {
  const entries = comparedMeasures.map((name) => [name, of(name)]);
  return Object.fromEntries(entries) as Record<ComparedMeasure, Value>;
}

const mean = (values: Float64Array): number | null =>
  ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );

const weightedMean = (values: Float64Array, weights: Float64Array): number | null =>
  ratio(
    values.reduce((sum, value, at) => sum + value * (weights[at] as number), 0),
    weights.reduce((sum, weight) => sum + weight, 0),
  );

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
