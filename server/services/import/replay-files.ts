import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import { DAY_MS } from "#server/domain/day.ts";
import {
  type OrderedFiles,
  OrderedRows,
  type PlacedRow,
  type ReplayCounts,
  type RowPlace,
} from "./ordered-files.ts";
import type { MappedRow } from "./row-reader.ts";

export type FileReplay = OrderedFiles & {
  readonly featureSet: FeatureSet;
  /** Days from a payment until its fraud may enter a feature. */
  readonly labelDelayDays: number;
  /** Every payment, in order of time: whether its features are wanted. */
  readonly wants: (row: MappedRow, place: RowPlace) => boolean;
  /** Those wanted; `features` is overwritten by the next one. */
  readonly take: (row: MappedRow, features: Float64Array) => void;
  /** Awaited after every batch, for a slow taker. */
  readonly pause?: () => Promise<void>;
};

/**
 * Replays files without a database, through the engine that serves online: features of a payment see all earlier
 * payments, and frauds only once `labelDelayDays` have passed since they happened.
 * @throws CsvFileError or MappingError, see openMappedFile.
 */
export async function replayFiles(replay: FileReplay): Promise<ReplayCounts> {
  const ordered = new OrderedRows(replay);
  const step = replayStep(replay);
  for await (const batch of ordered.batches()) {
    batch.forEach(step);
    await replay.pause?.();
  }
  return ordered.counts;
}

function replayStep({ featureSet, labelDelayDays, wants, take }: FileReplay): (placed: PlacedRow) => void {
  const replayer = new Replayer(createFeatureEngine(featureSet));
  const features = new Float64Array(replayer.width);
  let lastRecordedMs = Number.NEGATIVE_INFINITY;
  return ({ row, place }) => {
    const { payment, fraud } = row;
    const wanted = wants(row, place);
    replayer.next(payment, wanted ? features : null, 0);
    if (wanted) take(row, features);
    if (fraud !== true) return;
    // Of a payment that comes out of order, the label is known no earlier than the one before it.
    lastRecordedMs = Math.max(lastRecordedMs, payment.occurredAtMs + labelDelayDays * DAY_MS);
    const { id: transactionId, occurredAtMs, customerId, merchantId, cardToken, deviceId, ip } = payment;
    const entities = { customerId, merchantId, cardToken, deviceId, ip };
    replayer.offerLabels([
      { transactionId, occurredAtMs, ...entities, recordedAtMs: lastRecordedMs, label: "fraud" },
    ]);
  };
}
