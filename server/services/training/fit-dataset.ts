import type { Pool } from "pg";
import type { LeakFinding } from "#ml/evaluation/leak-finding.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { type AvailableFamily, isLabelFree } from "#ml/models/families.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { planWindows } from "#ml/training/time-split.ts";
import { type TrainingResult, train } from "#ml/training/train.ts";
import type { TrainOptions } from "#ml/training/train-options.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { leaksOf, refuseLeaks } from "./leak-check.ts";
import { type LoadedDataset, loadDataset } from "./load-dataset.ts";
import type { LogMarks } from "./manifest.ts";
import { type TrainingOptions, trainOptionsOf } from "./options.ts";
import type { Progress } from "./run-reporter.ts";

export type Fitting = {
  readonly options: TrainingOptions;
  readonly featureSet: FeatureSet;
  readonly maturityDays: number;
  /** labels recorded later do not exist */
  readonly knownAt: Date;
  /** how far to read the log; null: all of it */
  readonly marks: LogMarks | null;
};

export type Watching = {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
};

/** Looks for what is worth training on the rows of a run, and says it as options. */
export type Search = (loaded: LoadedDataset, watching: Watching) => Promise<TrainingOptions>;

export type Fitted = LoadedDataset & {
  /** as asked for, or what the search made of them */
  readonly options: TrainingOptions;
  readonly trainOptions: TrainOptions;
  readonly result: TrainingResult;
  readonly leaks: readonly LeakFinding[];
  readonly frauds: number;
  readonly legitimate: number;
};

/** Fewer labelled frauds than this teach nothing that can be measured. */
const LEAST_FRAUDS = 100;

/** Where the parts of a run end on its progress bar: loading, searching, and training. */
const plain = { loaded: 0.35, searched: 0.35, trained: 0.95 };
const searching = { loaded: 0.1, searched: 0.8, trained: 0.95 };

/**
 * Loads the rows that were known, refuses leaks, searches if asked to, and trains. Without a search the same log, marks, time, options and feature set give
 * the same artefact, whatever came to the log since.
 * @throws ServiceError "invalid" for too few frauds or a leak, RangeError for too little history, the signal's reason
 */
export async function fitDataset(
  pool: Pool,
  fitting: Fitting,
  { signal, report }: Watching,
  search: Search | null = null,
): Promise<Fitted> {
  const { featureSet, maturityDays, knownAt, marks } = fitting;
  const ends = search === null ? plain : searching;
  const loaded = await loadDataset(pool, {
    featureSet,
    from: null,
    to: null,
    now: knownAt,
    marks,
    signal,
    onProgress: ({ done, total }) =>
      report({ stage: "reading the history", fraction: ends.loaded * (done / Math.max(1, total)) }),
  });
  const counts = requireEnough(loaded.dataset, fitting.options.families);
  const plan = { nowMs: knownAt.getTime(), maturityDays };
  const { test } = planWindows(loaded.dataset, trainOptionsOf(fitting.options, maturityDays).split, plan);
  const leaks = leaksOf(loaded.dataset, test.fromMs);
  if (fitting.options.leaks === "refuse") refuseLeaks(leaks);
  const within =
    (from: number, to: number) =>
    ({ fraction, stage }: Progress): void =>
      report({ stage, fraction: from + (to - from) * fraction });
  const options =
    search === null
      ? fitting.options
      : await search(loaded, { signal, report: within(ends.loaded, ends.searched) });
  const trainOptions = trainOptionsOf(options, maturityDays);
  const result = await train(loaded.dataset, trainOptions, {
    signal,
    now: knownAt,
    onProgress: within(ends.searched, ends.trained),
  });
  return { ...loaded, ...counts, options, trainOptions, result, leaks };
}

function requireEnough(
  { labels }: Dataset,
  families: readonly AvailableFamily[],
): { frauds: number; legitimate: number } {
  let frauds = 0;
  let legitimate = 0;
  for (const label of labels) {
    if (label === 1) frauds++;
    if (label === 0) legitimate++;
  }
  if (frauds < LEAST_FRAUDS && !families.every(isLabelFree)) {
    throw new ServiceError(
      "invalid",
      `${frauds} of ${LEAST_FRAUDS} labelled frauds: not enough data yet. The family isolation_forest alone learns without labels.`,
    );
  }
  return { frauds, legitimate };
}
