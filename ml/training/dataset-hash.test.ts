import { expect, test } from "vitest";
import { datasetHash } from "./dataset-hash.ts";
import { syntheticDataset } from "./testing/synthetic-dataset.ts";

const dataset = syntheticDataset({});
const hash = datasetHash(dataset);

test("the same rows have the same hash, whatever lies behind the last of them", () => {
  expect(datasetHash(syntheticDataset({}))).toBe(hash);
  const roomier = new Float64Array(dataset.features.length + 10);
  roomier.set(dataset.features);
  expect(datasetHash({ ...dataset, features: roomier })).toBe(hash);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test("another id, label, time of a label, feature or order has another hash", () => {
  const features = Float64Array.from(dataset.features);
  features[3] = (features[3] ?? 0) + 1e-9;
  const labels = Int8Array.from(dataset.labels);
  labels[0] = labels[0] === 1 ? 0 : 1;
  const labelRecordedAtMs = Float64Array.from(dataset.labelRecordedAtMs);
  labelRecordedAtMs[1] = 5;
  const changed = [
    { ...dataset, features },
    { ...dataset, labels },
    { ...dataset, labelRecordedAtMs },
    { ...dataset, transactionIds: dataset.transactionIds.toReversed() },
    { ...dataset, transactionIds: dataset.transactionIds.with(0, "another") },
    { ...dataset, rows: dataset.rows - 1 },
  ];
  expect(new Set([hash, ...changed.map(datasetHash)]).size).toBe(7);
});

test("no rows have a hash too", () => {
  expect(datasetHash({ ...dataset, rows: 0, transactionIds: [] })).toHaveLength(64);
});
