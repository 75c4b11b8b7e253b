import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import type { Dataset } from "../dataset.ts";
import { DAY_MS } from "../time-split.ts";

export const syntheticStartMs: number = Date.UTC(2026, 0, 1);

const featureSet = defineFeatureSet("synthetic", [
  { name: "amount", entity: "transaction", aggregate: "amount", window: null, unit: "minor", text: "amount" },
  {
    name: "hour",
    entity: "transaction",
    aggregate: "hour",
    window: null,
    unit: "hours",
    text: "hour of the day",
  },
  {
    name: "merchant_fraud_rate_7d",
    entity: "merchant",
    aggregate: "fraud_rate",
    window: "7d",
    unit: "ratio",
    text: "fraud rate",
  },
  {
    name: "customer_count_1h",
    entity: "customer",
    aggregate: "count",
    window: "1h",
    unit: "count",
    text: "payments in an hour",
  },
  {
    name: "device_known",
    entity: "device",
    aggregate: "seen_before",
    window: null,
    unit: "flag",
    text: "device seen before",
  },
]);

/**
 * Payments spread evenly over `days`, for tests: fraud grows with amount and merchant fraud rate and at night, labels
 * of fraud arrive three days late, and legitimate rows mostly never get one (-1).
 */
export function syntheticDataset({
  rows = 4000,
  days = 40,
  seed = 1,
}: {
  rows?: number;
  days?: number;
  seed?: number;
}): Dataset {
  const rng = createRng(`synthetic:${seed}`);
  const width = featureSet.definitions.length;
  const features = new Float64Array(rows * width);
  const labels = new Int8Array(rows).fill(-1);
  const occurredAtMs = Float64Array.from(
    { length: rows },
    (_, i) => syntheticStartMs + (i / rows) * days * DAY_MS,
  );
  const labelRecordedAtMs = new Float64Array(rows).fill(Number.NaN);
  const amountMinor = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const amount = Math.round(Math.exp(7 + rng.normal()));
    const hour = 24 * rng.next();
    const rate = rng.next() < 0.8 ? 0 : rng.next();
    const count = 1 + rng.poisson(0.3);
    const known = rng.next() < 0.1 ? Number.NaN : Number(rng.next() < 0.9);
    features.set([amount, hour, rate, count, known], i * width);
    amountMinor[i] = amount;
    const margin =
      -6 +
      4 * rate +
      0.9 * (Math.log(amount) - 7) +
      1.5 * Math.cos((2 * Math.PI * (hour - 3)) / 24) +
      (count - 1);
    const isFraud = rng.next() < 1 / (1 + Math.exp(-margin));
    const isLabelled = isFraud || rng.next() < 0.05;
    if (!isLabelled) continue;
    labels[i] = isFraud ? 1 : 0;
    labelRecordedAtMs[i] = (occurredAtMs[i] as number) + 3 * DAY_MS;
  }
  const names = (prefix: string, count: number): string[] =>
    Array.from({ length: rows }, (_, i) => `${prefix}_${i % count}`);
  return {
    featureSet,
    width,
    rows,
    features,
    labels,
    occurredAtMs,
    labelRecordedAtMs,
    amountMinor,
    customerIds: names("cus", 97),
    cardIds: names("card", 113),
    transactionIds: names("pay", rows),
  };
}
