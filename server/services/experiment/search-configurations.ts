import { isLabelFree, memberFamilies } from "#ml/models/families.ts";
import { datasetHash } from "#ml/training/dataset-hash.ts";
import type { Trial } from "#ml/training/search/draw-trials.ts";
import type { SearchMetric } from "#ml/training/search/metric.ts";
import type { Rung } from "#ml/training/search/rungs.ts";
import { type SearchWatch, searchTrials } from "#ml/training/search/search-trials.ts";
import { trialArtifact } from "#ml/training/search/trial-artifact.ts";
import { planWindows, splitByTime, type TimeSplit } from "#ml/training/time-split.ts";
import type { Database } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ExperimentSettings } from "#server/services/training/experiment-options.ts";
import type { Fitting, Watching } from "#server/services/training/fit-dataset.ts";
import type { LoadedDataset } from "#server/services/training/load-dataset.ts";
import { type TrainingOptions, trainOptionsOf } from "#server/services/training/options.ts";
import { figureWords, metricWords, trialWords } from "./log-words.ts";
import { RunLog } from "./run-log.ts";
import { trialManifest } from "./trial-manifest.ts";
import type { TrialRung } from "./trial-record.ts";
import { type TrialStore, trialStore } from "./trial-store.ts";

export type ExperimentRun = { readonly db: Database; readonly now: () => Date; readonly runId: string };

const searcher: Actor = { kind: "job", name: "experiment" };
const NOTE_MS = 3_000;
const MINUTE_MS = 60_000;

/**
 * Searches configurations on the rows of a run, keeps every trial, and returns the options that train the winner: its
 * family, method and drawn parameters. Only train and validation rows are looked at.
 * @throws ServiceError "invalid" when no family can be searched or nothing could be measured; the signal's reason
 */
export async function searchConfigurations(
  run: ExperimentRun,
  found: { readonly fitting: Fitting; readonly loaded: LoadedDataset; readonly settings: ExperimentSettings },
  { signal, report }: Watching,
): Promise<TrainingOptions> {
  const { fitting, loaded, settings } = found;
  const { options, maturityDays, knownAt } = fitting;
  const families = memberFamilies.filter(
    (family) => options.families.includes(family) && !isLabelFree(family),
  );
  if (families.length === 0)
    throw new ServiceError("invalid", "Choose at least one family that learns from labels to search.");
  const trainOptions = trainOptionsOf(options, maturityDays);
  const nowMs = knownAt.getTime();
  const windows = planWindows(loaded.dataset, trainOptions.split, { nowMs, maturityDays });
  const split = splitByTime(loaded.dataset, windows, { ...trainOptions, nowMs });
  const log = new RunLog(run.db, run.runId, run.now);
  const store = trialStore({ db: run.db, now: run.now, actor: searcher }, run.runId);
  const search = {
    dataset: loaded.dataset,
    split,
    metric: settings.metric,
    draw: { families, imbalanceMethods: options.imbalanceMethods, count: settings.trials },
    options: trainOptions,
    budgetMs: settings.budgetMinutes * MINUTE_MS,
  };
  const contentHash = datasetHash(loaded.dataset);
  const keeper = { store, log, found, split, contentHash, runId: run.runId, signal };
  const watch = watchOf(keeper, { signal, report, now: run.now }, search.budgetMs);
  try {
    const end = await searchTrials(search, watch);
    if (end.winner === null) throw new ServiceError("invalid", "No configuration could be measured.");
    await store.settle([end.winner], "won");
    const shortened = end.wasCutShort ? "Time ran out before all were measured. " : "";
    log.say(
      `${shortened}The winner is ${trialWords(end.winner)}; it is trained and tested now.`,
      end.winner.number,
    );
    return winningOptions(options, end.winner);
  } finally {
    await log.flush().catch(() => {}); // what ends the search matters more than its last lines
  }
}

/** The options of a run that trains this configuration and nothing else. */
function winningOptions(options: TrainingOptions, trial: Trial): TrainingOptions {
  const { family, imbalance, parameters } = trial;
  const changes = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === "number" ? value : [...value]]),
  );
  return {
    ...options,
    families: [family],
    imbalanceMethods: [imbalance],
    search: "off",
    familyOptions: { [family]: changes },
  };
}

type Keeper = {
  readonly store: TrialStore;
  readonly log: RunLog;
  readonly found: Parameters<typeof searchConfigurations>[1];
  readonly split: TimeSplit;
  readonly contentHash: string;
  readonly runId: string;
  readonly signal: AbortSignal;
};

function watchOf(
  keeper: Keeper,
  { signal, report, now }: Watching & { readonly now: () => Date },
  budgetMs: number,
): SearchWatch {
  const { store, log, found } = keeper;
  const { metric } = found.settings;
  const measured = new Map<number, TrialRung[]>();
  const startedMs = now().getTime();
  let rungs: readonly Rung[] = [];
  let [done, notedMs] = [0, 0];
  const progress = (stage: string, within = 0): void => {
    const work = rungs.reduce((sum, { trials }) => sum + trials, 0);
    const time = (now().getTime() - startedMs) / Math.max(1, budgetMs);
    report({
      stage,
      fraction: Math.min(1, Math.max(Math.min(time, 0.99), (done + within) / Math.max(1, work))),
    });
  };
  return {
    signal,
    clock: () => now().getTime(),
    onPlan: async (trials, planned) => {
      rungs = planned;
      await store.plan(trials);
      log.say(planWords(trials.length, planned, metric));
    },
    onTrial: async (trial, rung) => {
      await store.start(trial);
      const share = rungs[rung]?.share ?? 1;
      log.say(
        `rung ${rung + 1} of ${rungs.length}: ${trialWords(trial)} on ${shareWords(share)}`,
        trial.number,
      );
      progress(`trial ${trial.number}, rung ${rung + 1} of ${rungs.length}: ${trial.family}`);
    },
    onProgress: (trial, { step, steps, note }) => {
      progress(`trial ${trial.number}: ${trial.family}, ${note}`, Math.min(1, step / Math.max(1, steps)));
      if (now().getTime() - notedMs < NOTE_MS) return;
      notedMs = now().getTime();
      log.say(note, trial.number);
    },
    onMeasured: async (trial, rung, { measurement, fit }) => {
      done++;
      const so = [
        ...(measured.get(trial.number) ?? []),
        { rung, ...measurement, curve: [...measurement.curve] },
      ];
      measured.set(trial.number, so);
      const kept = fit === null ? null : await keep(keeper, trial, { fit, rungs: so });
      await store.measured(trial, so, kept);
      log.say(`${figureWords(metric, measurement)}, ${measurement.seconds.toFixed(1)} s`, trial.number);
    },
    onFailed: async (trial, _rung, reason) => {
      done++;
      await store.failed(trial, reason);
      log.say(`could not be fitted: ${reason}`, trial.number);
    },
    onRungEnd: async (rung, { goOn, behind, late }) => {
      await store.settle(behind, "behind");
      await store.settle(late, "late");
      const left = late.length === 0 ? "" : `, ${late.length} not measured for want of time`;
      log.say(`rung ${rung + 1} ends: ${goOn.length} go on, ${behind.length} are behind${left}`);
      await log.flush();
    },
  };
}

async function keep(
  { found, split, contentHash, runId, signal }: Keeper,
  trial: Trial,
  {
    fit,
    rungs,
  }: { readonly fit: Parameters<typeof trialArtifact>[0]["fit"]; readonly rungs: readonly TrialRung[] },
): Promise<NonNullable<Parameters<TrialStore["measured"]>[2]>> {
  const { fitting, loaded } = found;
  const options = winningOptions(fitting.options, trial);
  const trainOptions = trainOptionsOf(options, fitting.maturityDays);
  const kept = await trialArtifact(
    { trial, fit },
    { dataset: loaded.dataset, split },
    { options: trainOptions, signal },
  );
  return {
    artifact: kept.artifact,
    details: { importance: kept.importance === null ? null : [...kept.importance], curve: [...kept.curve] },
    manifest: trialManifest({ runId, trial, rungs, options, fitting, loaded, split, contentHash }),
  };
}

const shareWords = (share: number): string =>
  share === 1 ? "all rows" : `1/${Math.round(1 / share)} of the rows`;

function planWords(trials: number, rungs: readonly Rung[], metric: SearchMetric): string {
  const steps = rungs.map((rung) => `${rung.trials} on ${shareWords(rung.share)}`).join(", then ");
  return `${trials} configurations by ${metricWords(metric)} on the validation days: ${steps}`;
}
