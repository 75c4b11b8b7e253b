import type { Pool, PoolClient } from "pg";
import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { readLoggedLabels } from "#server/db/logged-labels.ts";
import { DatasetBuilder } from "./dataset-builder.ts";
import { inSnapshot, readPayments } from "./payment-log.ts";
import { SkewCounter, type SkewReport } from "./skew.ts";

export type LoadDatasetOptions = {
  readonly featureSet: FeatureSet;
  /** Payments from here on get a row; earlier ones only build up history. Null: from the first. */
  readonly from: Date | null;
  /** Up to but not including. Null: to the last. */
  readonly to: Date | null;
  /** Labels recorded later are not attached to rows. */
  readonly now: Date;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal | null;
};

export type LoadedDataset = { readonly dataset: Dataset; readonly skew: SkewReport };

/**
 * The log as training rows, in order of arrival: features replayed with the engine that serves, against the labels as
 * they were known at each payment. Where the vector served is stored for this feature set version, it is what the row
 * holds, and `skew` tells whether replay gave the same bits. A row's label is the effective one known at `now`.
 * @throws the signal's reason when aborted.
 */
export async function loadDataset(pool: Pool, options: LoadDatasetOptions): Promise<LoadedDataset> {
  const { featureSet, from, to, signal = null } = options;
  const fromMs = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const toMs = to?.getTime() ?? Number.POSITIVE_INFINITY;
  return inSnapshot(pool, async (client) => {
    const total = await countPayments(client, options);
    const effective = await readEffectiveLabels(client, options.now);
    const replayer = new Replayer(createFeatureEngine(featureSet));
    replayer.offerLabels(await readLoggedLabels(client, 0, null));
    const builder = new DatasetBuilder(featureSet, total.wanted);
    const skew = new SkewCounter(featureSet);
    let done = 0;
    for await (const batch of readPayments(client, featureSet.version)) {
      signal?.throwIfAborted();
      for (const { event, served, isDeclined } of batch) {
        const wanted = event.occurredAtMs >= fromMs && event.occurredAtMs < toMs;
        replayer.next(event, wanted ? builder.features : null, builder.offset);
        if (!wanted) continue;
        builder.add(event, effective.get(event.id) ?? null, isDeclined);
        if (served === null || skew.add(event.id, served, builder.lastRow())) continue;
        builder.replaceFeatures(served);
      }
      done += batch.length;
      options.onProgress?.({ done, total: total.all });
    }
    return { dataset: builder.build(), skew: skew.report() };
  });
}

export type RowLabel = { readonly fraud: boolean; readonly recordedAtMs: number };

async function countPayments(
  client: PoolClient,
  { from, to }: LoadDatasetOptions,
): Promise<{ all: number; wanted: number }> {
  const { rows } = await client.query<{ all: number; wanted: number }>(
    `select count(*) as all, count(*) filter (where occurred_at >= coalesce($1, '-infinity'::timestamptz)
       and occurred_at < coalesce($2, 'infinity'::timestamptz)) as wanted from transaction`,
    [from, to],
  );
  return rows[0] ?? { all: 0, wanted: 0 };
}

async function readEffectiveLabels(client: PoolClient, now: Date): Promise<ReadonlyMap<string, RowLabel>> {
  const { rows } = await client.query<[string, boolean, number]>({
    text: `select transaction_id, label = 'fraud', (extract(epoch from recorded_at) * 1000)::float8
           from effective_label where recorded_at <= $1`,
    values: [now],
    rowMode: "array",
  });
  return new Map(rows.map(([id, fraud, recordedAtMs]) => [id, { fraud, recordedAtMs }]));
}
