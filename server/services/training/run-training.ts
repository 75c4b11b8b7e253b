import type { Pool } from "pg";
import { learningCurve } from "#ml/training/learning-curve.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import type { Database } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { searchConfigurations } from "#server/services/experiment/search-configurations.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";
import { loadChampion } from "#server/services/model/champion.ts";
import type { ModelView } from "#server/services/model/view.ts";
import { ensureActivePolicy } from "#server/services/policy/active-policy.ts";
import { followVerdict } from "#server/services/promotion/follow-verdict.ts";
import { judgeCandidate } from "#server/services/promotion/judge-candidate.ts";
import { readPaymentFacts } from "#server/services/promotion/payment-facts.ts";
import { compareWithChampion } from "./compare-champion.ts";
import { compareFamilies } from "./compare-families.ts";
import { resolveFeatureSet } from "./feature-set.ts";
import { finishTraining } from "./finish-training.ts";
import { fitDataset, type Search } from "./fit-dataset.ts";
import type { TrainingManifest } from "./manifest.ts";
import { manifestOf } from "./manifest-of.ts";
import { modelFindings } from "./model-findings.ts";
import { TrainingOptions } from "./options.ts";
import { refitCalibration } from "./refit-calibration.ts";
import type { TrainingReport } from "./report.ts";
import { type Progress, RunReporter, TrainingCancelled } from "./run-reporter.ts";
import { endRun, requeueRun } from "./run-state.ts";

export type TrainingDeps = {
  readonly db: Database;
  readonly pool: Pool;
  readonly now: () => Date;
  /** Aborted when the process is asked to stop. */
  readonly signal: AbortSignal;
  /** What becomes of the run then: it waits for another process, or it is cancelled. */
  readonly whenStopped: "requeue" | "cancel";
  readonly onProgress?: (progress: Progress) => void;
};

export type TrainingEnd =
  | { readonly status: "succeeded"; readonly version: ModelView; readonly report: TrainingReport }
  | { readonly status: "failed"; readonly error: string; readonly cause: unknown }
  | { readonly status: "cancelled" }
  | { readonly status: "requeued" };

/** Shares of the progress bar, once the model is trained. */
const TRAINED = 0.95;
const JUDGED = 0.96;
const CHECKED = 0.97;
const CURVE_FROM = 0.98;

/**
 * Carries out a run that is marked running: loads the rows, trains, compares with the champion on the same test rows,
 * and stores artefact, candidate and report in one transaction. However it ends, the run's row says so.
 * @throws only when the database can't be written; the run then counts as orphaned
 */
export async function runTraining(deps: TrainingDeps, runId: string): Promise<TrainingEnd> {
  const { db, now } = deps;
  const reporter = new RunReporter(db, runId, now);
  const signal = AbortSignal.any([reporter.signal, deps.signal]);
  const report = (progress: Progress): void => {
    reporter.report(progress);
    deps.onProgress?.(progress);
  };
  reporter.start();
  try {
    const outcome = await learn({ ...deps, signal }, runId, report);
    await reporter.stop();
    const version = await finishTraining({ db, now }, runId, outcome);
    await promoteIfSo(deps, runId, { version, report: outcome.report });
    return { status: "succeeded", version, report: outcome.report };
  } catch (error) {
    await reporter.stop();
    return await endWithout(deps, runId, { error, aborted: signal.aborted });
  }
}

/** The run has succeeded by now, whatever becomes of its version. */
async function promoteIfSo(
  { db, now }: TrainingDeps,
  runId: string,
  { version, report }: { readonly version: ModelView; readonly report: TrainingReport },
): Promise<void> {
  const run = await db.trainingRun.findUnique({ where: { id: runId }, select: { requestedById: true } });
  const requestedById = run?.requestedById ?? null;
  await followVerdict({ db, now }, { versionId: version.id, verdict: report.gate ?? null, requestedById });
}

export type TrainingOutcome = {
  readonly result: TrainingResult;
  readonly report: TrainingReport;
  readonly manifest: TrainingManifest;
};

async function learn(
  { db, pool, now, signal }: TrainingDeps,
  runId: string,
  report: (progress: Progress) => void,
): Promise<TrainingOutcome> {
  const startedAt = now();
  const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const options = TrainingOptions.parse(run.options);
  const { recalibrates } = options;
  const parent = recalibrates === null ? null : await loadArtifact(db, recalibrates.artifactHash);
  const featureSet = parent?.featureSet ?? (await resolveFeatureSet(db));
  const policy = await ensureActivePolicy(db, startedAt);
  const { maturityDays } = policy.policy;
  const fitting = { options, featureSet, maturityDays, knownAt: startedAt, marks: null };
  const settings = options.experiment;
  const search: Search | null =
    settings === null
      ? null
      : (loaded, watching) =>
          searchConfigurations({ db, now, runId }, { fitting, loaded, settings }, watching);
  const refitted =
    parent === null ? null : await refitCalibration(pool, { ...fitting, parent }, { signal, report });
  const fitted = refitted ?? (await fitDataset(pool, fitting, { signal, report }, search));
  const { dataset, result, trainOptions } = fitted;
  report({ stage: "comparing with the champion", fraction: TRAINED });
  const replicates = trainOptions.bootstrapReplicates;
  const champion = await loadChampion(db);
  const against = compareWithChampion(champion, { dataset, result }, { seed: options.seed, replicates });
  report({ stage: "judging against the champion", fraction: JUDGED });
  const judged = { dataset, result, champion, policy };
  const gate = await judgeCandidate(pool, judged, { seed: options.seed, now: startedAt });
  const facts = await readPaymentFacts(pool, result.testScores.transactionIds);
  const compared = compareFamilies({ dataset, result, champion, policy: policy.policy, facts }, options.seed);
  report({ stage: "looking at groups of payments", fraction: CHECKED });
  const findings = modelFindings(dataset, result);
  const budgetSeconds = options.learningCurveSeconds;
  if (budgetSeconds > 0) report({ stage: "asking what more labels would buy", fraction: CURVE_FROM });
  const limits = { signal, now: startedAt, budgetSeconds, replicates };
  const curve = budgetSeconds > 0 ? await learningCurve({ dataset, result }, trainOptions, limits) : null;
  report({ stage: "storing", fraction: 0.99 });
  const explored = gate?.weighted ?? 0;
  return {
    result,
    manifest: manifestOf(fitting, fitted, { runId, policyVersionId: policy.id, explored }),
    report: {
      selected: result.selected,
      families: result.reports,
      split: result.split,
      seed: options.seed,
      rows: dataset.rows,
      labelledFrauds: fitted.frauds,
      labelledLegitimate: fitted.legitimate,
      skew: fitted.skew,
      leaks: fitted.leaks,
      ...against,
      ...findings,
      learningCurve: curve,
      gate,
      compared,
      ...(refitted === null ? {} : { recalibration: refitted.recalibration }),
      seconds: (now().getTime() - startedAt.getTime()) / 1000,
    },
  };
}

async function endWithout(
  { db, now, signal, whenStopped }: TrainingDeps,
  runId: string,
  { error, aborted }: { error: unknown; aborted: boolean },
): Promise<TrainingEnd> {
  if (signal.aborted && whenStopped === "requeue" && !(error instanceof TrainingCancelled)) {
    await requeueRun(db, runId);
    return { status: "requeued" };
  }
  if (aborted || error instanceof TrainingCancelled) {
    await endRun(db, runId, { status: "cancelled", error: null, at: now() });
    return { status: "cancelled" };
  }
  const sentence = sentenceOf(error);
  await endRun(db, runId, { status: "failed", error: sentence, at: now() });
  return { status: "failed", error: sentence, cause: error };
}

/** One line for a person: what refused says why; anything else is named as unexpected. */
function sentenceOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";
  if (error instanceof ServiceError) return text;
  if (error instanceof RangeError) return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return `Unexpected error: ${text}`;
}
