import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { allTime } from "./day-range.ts";
import { openMappedFile } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";
import type { RefusedRow } from "./refusal-file.ts";
import type { MappedRow } from "./row-reader.ts";
import { TimeOrder } from "./time-order.ts";

/** Nothing of a replay is stored, so its tokens need no secret; a fixed one keeps runs alike. */
const REPLAY_SALT = "replay";

export type FileReplay = {
  /** Read one after the other, as if they were one file. */
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly featureSet: FeatureSet;
  /** Days from a payment until its fraud may enter a feature. */
  readonly labelDelayDays: number;
  /** Payments from here on are not read. */
  readonly untilMs: number;
  readonly now: Date;
  /** Every payment, in order of time: whether its features are wanted. */
  readonly wants: (row: MappedRow, place: RowPlace) => boolean;
  /** Those wanted; `features` is overwritten by the next one. */
  readonly take: (row: MappedRow, features: Float64Array) => void;
  readonly onProgress: (fraction: number) => void;
  /** Awaited after every batch, for a slow taker. */
  readonly pause?: () => Promise<void>;
};

/** Where a payment stands: in which of the files, and how many were replayed before it. */
export type RowPlace = { readonly file: number; readonly position: number };

export type ReplayCounts = {
  rows: number;
  refused: number;
  firstRefused: RefusedRow | null;
  /** Payments earlier than one replayed before them, for all the sorting that fits in memory. */
  outOfOrder: number;
};

/**
 * Replays files without a database, through the engine that serves online: features of a payment see all earlier
 * payments, and frauds only once `labelDelayDays` have passed since they happened.
 * @throws CsvFileError or MappingError, see openMappedFile.
 */
export async function replayFiles(replay: FileReplay): Promise<ReplayCounts> {
  const { paths, mapping, untilMs, now } = replay;
  const counts: ReplayCounts = { rows: 0, refused: 0, firstRefused: null, outOfOrder: 0 };
  const order = new TimeOrder<PlacedRow>(({ row }) => row.payment);
  const step = replayStep(replay);
  const range = { ...allTime, toMs: untilMs };
  let rowsBefore = 0;
  for (const [index, path] of paths.entries()) {
    const file = await openMappedFile(path, mapping, { salt: REPLAY_SALT, now, range, rowsBefore });
    for await (const { rows, refused, leftOut } of file.batches) {
      rowsBefore += rows.length + refused.length + leftOut;
      counts.rows += rows.length;
      counts.refused += refused.length;
      counts.firstRefused ??= refused[0] ?? null;
      order.push(rows.map((row) => ({ row, file: index }))).forEach(step);
      await replay.pause?.();
      replay.onProgress((index + file.bytesRead() / file.totalBytes) / paths.length);
    }
  }
  order.drain().forEach(step);
  counts.outOfOrder = order.late;
  return counts;
}

type PlacedRow = { readonly row: MappedRow; readonly file: number };

function replayStep({ featureSet, labelDelayDays, wants, take }: FileReplay): (placed: PlacedRow) => void {
  const replayer = new Replayer(createFeatureEngine(featureSet));
  const features = new Float64Array(replayer.width);
  let lastRecordedMs = Number.NEGATIVE_INFINITY;
  let position = 0;
  return ({ row, file }) => {
    const { payment, fraud } = row;
    const wanted = wants(row, { file, position });
    position += 1;
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
