import { attributesFeatureSet, type DeclaredAttribute } from "#ml/features/default-set.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { DAY_MS, type SplitWindows } from "#ml/training/time-split.ts";

const START_MS = Date.UTC(2026, 0, 1);
const TRAIN_DAYS = 60;
const GAP_DAYS = 30;
const JUDGED_DAYS = 7;
const CUSTOMERS = 20_000;
/** Log-odds that leave about one fraud in a hundred rows. */
const BASE = -9.8;
/** Makes most frauds plain to a model that sees all columns. */
const STRENGTH = 2.2;
/** Of the columns behind the amount: so many say something, and so many of those are categories. */
const TELLING = 14;
const CATEGORIES = 2;

export type MillionRows = { readonly dataset: Dataset; readonly windows: SplitWindows; readonly now: Date };

/**
 * Labelled payments for timing a training: `rows` to learn from, a tenth as many to validate and to test on, of `width`
 * features: counts, amounts, flags and two categories that tell fraud from the rest, with interactions, missing values,
 * and noise in the other columns. Every row carries a label, and about one in a hundred is fraud.
 */
export function millionRows({
  seed,
  rows,
  width,
}: {
  seed: number;
  rows: number;
  width: number;
}): MillionRows {
  const rng = createRng(`bench-ensemble:${seed}`);
  const judged = Math.round(rows / 10);
  const all = rows + 2 * judged;
  const columns = {
    features: new Float64Array(all * width),
    labels: new Int8Array(all),
    occurredAtMs: new Float64Array(all),
    amountMinor: new Float64Array(all),
  };
  for (let row = 0; row < all; row++) {
    const place = columns.features.subarray(row * width, (row + 1) * width);
    columns.labels[row] = payment(rng, place);
    columns.amountMinor[row] = place[0] as number;
    columns.occurredAtMs[row] = timeOf(row, rows, judged);
  }
  const numbered = (prefix: string): string[] =>
    Array.from({ length: all }, (_, row) => `${prefix}${(row * 7919) % CUSTOMERS}`);
  const customerIds = numbered("cus_");
  const day = (days: number): number => START_MS + days * DAY_MS;
  const [learnt, validated] = [TRAIN_DAYS, TRAIN_DAYS + GAP_DAYS + JUDGED_DAYS];
  return {
    dataset: {
      ...columns,
      featureSet: attributesFeatureSet(
        Array.from({ length: width - 1 }, (_, at): DeclaredAttribute => {
          return at < CATEGORIES ? { name: `c${at}`, kind: "category" } : `x${at}`;
        }),
      ),
      width,
      rows: all,
      labelRecordedAtMs: columns.occurredAtMs,
      customerIds,
      cardIds: customerIds,
      transactionIds: Array.from({ length: all }, (_, row) => `pay_${row}`),
    },
    windows: {
      train: { fromMs: START_MS, toMs: day(learnt) },
      validation: { fromMs: day(learnt + GAP_DAYS), toMs: day(validated) },
      test: { fromMs: day(validated), toMs: day(validated + JUDGED_DAYS) },
    },
    now: new Date(day(validated + JUDGED_DAYS + GAP_DAYS)),
  };
}

function timeOf(row: number, rows: number, judged: number): number {
  if (row < rows) return START_MS + (row / rows) * TRAIN_DAYS * DAY_MS;
  return START_MS + (TRAIN_DAYS + GAP_DAYS + ((row - rows) / judged) * JUDGED_DAYS) * DAY_MS;
}

/** Fills one row and draws its label. */
function payment(rng: Rng, row: Float64Array): 0 | 1 {
  const amount = Math.round(Math.exp(7.5 + rng.normal()));
  row[0] = amount;
  let margin = 0.7 * Math.max(0, Math.log(amount) - 7.5);
  for (let at = 1; at < row.length; at++) {
    const isTelling = at <= TELLING;
    const value = column(rng, at);
    row[at] = rng.next() < (at % 5 === 4 ? 0.3 : 0) ? Number.NaN : value;
    if (!isTelling) continue;
    if (at <= CATEGORIES) margin += value % 7 === 3 ? 1.2 : 0;
    else if (at % 4 === 0) margin += value > 5 ? 1.1 : 0;
    else margin += 0.35 * Math.max(-2, Math.min(3, value));
  }
  if (amount > 5_000 && (row[4] ?? 0) > 4) margin += 1.5;
  return rng.next() < 1 / (1 + Math.exp(-BASE - STRENGTH * margin)) ? 1 : 0;
}

/** Categories, counts, flags and continuous values by turns, as a feature set has them. */
function column(rng: Rng, at: number): number {
  if (at <= CATEGORIES) return rng.integer(at === 1 ? 24 : 400);
  if (at % 4 === 0) return rng.poisson(2);
  if (at % 4 === 1) return Number(rng.next() < 0.2);
  return rng.normal();
}
