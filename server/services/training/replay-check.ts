import type { Pool } from "pg";
import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import type { Database } from "#server/db/client.ts";
import { readLoggedLabels } from "#server/db/logged-labels.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";
import { inSnapshot, type LoggedPayment, readPayments } from "./payment-log.ts";
import { SkewCounter, type SkewReport } from "./skew.ts";

export type ReplayCheckReport = {
  readonly featureSetVersion: string;
  readonly features: SkewReport;
  readonly scores: {
    readonly compared: number;
    readonly differing: number;
    readonly examples: readonly string[];
  };
};

export type ReplayCheckOptions = {
  /** Compare only about so many decisions, spread evenly over the log; null: every one. */
  readonly sample: number | null;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
};

/**
 * Recomputes from the log what was served: for every feature set that decisions were made with, features by replay
 * and scores by the model version of the decision, compared bit for bit.
 * @throws the signal's reason when aborted
 */
export async function checkReplay(
  deps: { readonly db: Database; readonly pool: Pool },
  options: ReplayCheckOptions,
): Promise<ReplayCheckReport[]> {
  const sets = await servedFeatureSets(deps.db);
  const reports: ReplayCheckReport[] = [];
  for (const [index, { featureSet, scorers }] of sets.entries()) {
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      options.onProgress?.({ done: index * total + done, total: sets.length * total });
    reports.push(await checkFeatureSet(deps.pool, { featureSet, scorers }, { ...options, onProgress }));
  }
  return reports;
}

type ServedSet = { readonly featureSet: FeatureSet; readonly scorers: Map<string, Scorer> };

/** The feature sets of all model versions that have decided, with the scorers of those versions. */
async function servedFeatureSets(db: Database): Promise<ServedSet[]> {
  const versions = await db.modelVersion.findMany({ where: { decisions: { some: {} } } });
  const sets = new Map<string, ServedSet>();
  for (const { id, artifactHash } of versions) {
    const artifact = await loadArtifact(db, artifactHash);
    const { version } = artifact.featureSet;
    const set = sets.get(version) ?? { featureSet: artifact.featureSet, scorers: new Map<string, Scorer>() };
    set.scorers.set(id, loadScorer(artifact));
    sets.set(version, set);
  }
  return [...sets.values()];
}

async function checkFeatureSet(
  pool: Pool,
  { featureSet, scorers }: ServedSet,
  { sample, onProgress, signal }: ReplayCheckOptions,
): Promise<ReplayCheckReport> {
  return inSnapshot(pool, async (client) => {
    const { rows } = await client.query<{ all: number; served: number }>(
      `select (select count(*) from transaction) as all,
              (select count(*) from decision where feature_set_version = $1) as served`,
      [featureSet.version],
    );
    const { all: total, served } = rows[0] ?? { all: 0, served: 0 };
    const every = sample === null ? 1 : Math.max(1, Math.floor(served / Math.max(1, sample)));
    const replayer = new Replayer(createFeatureEngine(featureSet));
    replayer.offerLabels(await readLoggedLabels(client, 0, null));
    const comparison = new Comparison(featureSet, scorers);
    let [done, seen] = [0, 0];
    for await (const batch of readPayments(client, featureSet.version)) {
      signal?.throwIfAborted();
      for (const payment of batch) {
        const chosen = payment.served !== null && seen++ % every === 0;
        replayer.next(payment.event, chosen ? comparison.row : null, 0);
        if (chosen) comparison.add(payment);
      }
      done += batch.length;
      onProgress?.({ done, total });
    }
    return comparison.report();
  });
}

const EXAMPLES = 5;

/** Compares what was served with the replayed row. */
class Comparison {
  readonly row: Float64Array;
  readonly #version: string;
  readonly #bytes: Uint8Array;
  readonly #scorers: ReadonlyMap<string, Scorer>;
  readonly #features: SkewCounter;
  readonly #score = new Float64Array(1);
  readonly #examples: string[] = [];
  #compared = 0;
  #differing = 0;

  constructor(featureSet: FeatureSet, scorers: ReadonlyMap<string, Scorer>) {
    this.row = new Float64Array(featureSet.definitions.length);
    this.#version = featureSet.version;
    this.#bytes = new Uint8Array(this.row.buffer);
    this.#scorers = scorers;
    this.#features = new SkewCounter(featureSet);
  }

  add({ event, served, score, modelVersionId }: LoggedPayment): void {
    if (served === null) return;
    this.#features.add(event.id, served, this.#bytes);
    const scorer = modelVersionId === null ? undefined : this.#scorers.get(modelVersionId);
    if (scorer === undefined || score === null) return;
    this.#compared++;
    scorer.score(this.row, 1, this.#score);
    if (Object.is(this.#score[0], score)) return;
    this.#differing++;
    if (this.#examples.length < EXAMPLES) this.#examples.push(event.id);
  }

  report(): ReplayCheckReport {
    return {
      featureSetVersion: this.#version,
      features: this.#features.report(),
      scores: { compared: this.#compared, differing: this.#differing, examples: this.#examples },
    };
  }
}
