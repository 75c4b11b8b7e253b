import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import type { BenchSet, Slice } from "./bench-set.ts";

const WIDTH = 16;
/** Log-odds that leave about one fraud in a hundred rows. */
const BASE = -13;
/** Makes most frauds plain to a model that sees all columns: an average precision of about two thirds. */
const STRENGTH = 2.2;

/**
 * Payments as a fraud model sees them, one fraud in a hundred: amounts and their ratio to the customer's mean, counts
 * and sums of windows, hour, distance, categories as codes, a risk that is often missing, and three columns of noise.
 * Fraud depends on the amount, on bursts, on nights of some categories and on risk, with interactions that trees find.
 */
export function syntheticSet(seed: number, trainRows: number, testRows: number): BenchSet {
  const rng = createRng(`bench-train:${seed}`);
  return {
    name: `generated ${trainRows.toLocaleString("en")} x ${WIDTH}`,
    width: WIDTH,
    train: slice(rng, trainRows),
    test: slice(rng, testRows),
  };
}

function slice(rng: Rng, rows: number): Slice {
  const features = new Float64Array(rows * WIDTH);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = payment(rng, features.subarray(row * WIDTH, (row + 1) * WIDTH));
  }
  return { rows, features, labels };
}

/** Fills one row and draws its label. */
function payment(rng: Rng, row: Float64Array): 0 | 1 {
  const mean = Math.exp(3.2 + 0.7 * rng.normal());
  const amount = Math.exp(Math.log(mean) + 0.6 * rng.normal() + (rng.next() < 0.02 ? 1.5 : 0));
  const hour = Math.floor(24 * rng.next());
  const category = rng.integer(12);
  const countDay = 1 + rng.poisson(1.5) + (rng.next() < 0.03 ? rng.poisson(8) : 0);
  const countWeek = countDay + rng.poisson(9);
  const distance = Math.exp(1 + 1.3 * rng.normal());
  const risk =
    rng.next() < 0.6 ? Number.NaN : Math.max(0, 0.02 * rng.normal() + (rng.next() < 0.05 ? 0.3 : 0.01));
  const isNew = Number(rng.next() < 0.15);
  const age = 3000 * rng.next() ** 2;
  const ratio = amount / mean;
  const isNight = hour < 6;
  const margin =
    BASE +
    STRENGTH *
      (1.1 * Math.max(0, Math.log(ratio)) +
        (ratio > 3 && isNew === 1 ? 2.5 : 0) +
        (countDay > 6 ? 1.8 + 0.2 * (countDay - 6) : 0) +
        (isNight && category % 4 === 1 ? 2.6 : 0) +
        (category === 3 ? 1.1 : 0) +
        (Number.isNaN(risk) ? 0.2 : 14 * Math.min(risk, 0.4)) +
        (distance > 20 ? 1.2 : 0) +
        (age < 60 ? 1.4 : 0));
  row.set([
    amount,
    mean,
    ratio,
    hour,
    category,
    countDay,
    countWeek,
    distance,
    risk,
    isNew,
    age,
    countDay * mean * (0.6 + 0.8 * rng.next()),
    countWeek / 7,
    rng.normal(),
    rng.next(),
    rng.integer(200),
  ]);
  return rng.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
}
