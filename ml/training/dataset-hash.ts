import { createHash } from "node:crypto";
import type { Dataset } from "./dataset.ts";

const IDS_AT_ONCE = 10_000;

/**
 * SHA-256 (hex) of what a training sees of its rows, in their order: feature set, transaction ids, labels with the times
 * they were recorded, features, and weights where there are any, bit for bit. O(rows x features).
 */
export function datasetHash(
  dataset: Pick<
    Dataset,
    | "featureSet"
    | "rows"
    | "width"
    | "transactionIds"
    | "labels"
    | "labelRecordedAtMs"
    | "features"
    | "weights"
  >,
): string {
  const { featureSet, rows, width, transactionIds } = dataset;
  const hash = createHash("sha256").update(`${featureSet.version}\n${rows}\n`);
  for (let from = 0; from < rows; from += IDS_AT_ONCE)
    hash.update(`${transactionIds.slice(from, from + IDS_AT_ONCE).join("\n")}\n`);
  for (const column of [
    dataset.labels.subarray(0, rows),
    dataset.labelRecordedAtMs.subarray(0, rows),
    dataset.features.subarray(0, rows * width),
    ...(dataset.weights == null ? [] : [dataset.weights.subarray(0, rows)]),
  ])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest("hex");
}
