import type { Pool, PoolClient } from "pg";
import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { WeightSummary } from "#ml/training/exploration-weights.ts";
import { readLoggedLabels } from "#server/db/logged-labels.ts";
import { DatasetBuilder } from "./dataset-builder.ts";
import { countSources, readEffectiveLabels, readMarks } from "./effective-labels.ts";
import type { LabelSources, LogMarks } from "./manifest.ts";
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
  /** How far to read the log; left out or null: all of it. */
  readonly marks?: LogMarks | null;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal | null;
};

export type LoadedDataset = {
  readonly dataset: Dataset;
  /** what explored rows weigh */
  readonly weighting: WeightSummary;
  readonly skew: SkewReport;
  /** how far the log was read */
  readonly marks: LogMarks;
  readonly labelSources: LabelSources;
};

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
    const marks = options.marks ?? (await readMarks(client));
    const total = await countPayments(client, options, marks);
    const effective = await readEffectiveLabels(client, { now: options.now, marks: options.marks ?? null });
    const replayer = new Replayer(createFeatureEngine(featureSet));
    const logged = await readLoggedLabels(client, 0, null);
    replayer.offerLabels(logged.filter(({ sequence }) => sequence <= marks.labelSeq));
    const builder = new DatasetBuilder(featureSet, total.wanted);
    const skew = new SkewCounter(featureSet);
    let done = 0;
    for await (const batch of readPayments(client, featureSet.version, marks.transactionSeq)) {
      signal?.throwIfAborted();
      for (const { event, served, isDeclined, knownChance } of batch) {
        const wanted = event.occurredAtMs >= fromMs && event.occurredAtMs < toMs;
        replayer.next(event, wanted ? builder.features : null, builder.offset);
        if (!wanted) continue;
        builder.add(event, effective.get(event.id) ?? null, { isDeclined, knownChance });
        if (served === null || skew.add(event.id, served, builder.lastRow())) continue;
        builder.replaceFeatures(served);
      }
      done += batch.length;
      options.onProgress?.({ done, total: total.all });
    }
    const labelSources = countSources(effective.values());
    return { ...builder.build(), skew: skew.report(), marks, labelSources };
  });
}

async function countPayments(
  client: PoolClient,
  { from, to }: LoadDatasetOptions,
  { transactionSeq }: LogMarks,
): Promise<{ all: number; wanted: number }> {
  const { rows } = await client.query<{ all: number; wanted: number }>(
    `select count(*) as all, count(*) filter (where occurred_at >= coalesce($1, '-infinity'::timestamptz)
       and occurred_at < coalesce($2, 'infinity'::timestamptz)) as wanted
     from transaction where seq <= $3`,
    [from, to, transactionSeq],
  );
  return rows[0] ?? { all: 0, wanted: 0 };
}
