import { type Calibrator, fitCalibrator } from "#ml/calibration/calibrator.ts";
import { bestStep } from "#ml/models/best-step.ts";
import { type AvailableFamily, type MemberFamily, refitOptions } from "#ml/models/families.ts";
import type { FitContext, FitProgress, FittedModel } from "#ml/models/model.ts";
import {
  type Candidate,
  type CandidateReport,
  candidateCount,
  methodCandidates,
  nameOf,
  variantCandidates,
} from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import {
  type CandidateFit,
  type FitRun,
  type FoldFit,
  fitCandidate,
  fitFold,
  mean,
  sharedStepPrecision,
} from "./fit-candidate.ts";
import { weightsOf } from "./imbalance.ts";
import { pooledMargins, pooledValidation } from "./pooled.ts";
import { type Runner, race, winnerOf } from "./race.ts";
import type { TrainOptions } from "./train-options.ts";
import type { TrainingPlan } from "./training-plan.ts";

export type TrainedFamily = {
  readonly family: AvailableFamily;
  readonly model: FittedModel;
  readonly marginOffset: number;
  readonly calibrator: Calibrator;
  /** Mean over the folds, of models with the number of steps that the final one has. */
  readonly validationAveragePrecision: number;
  /** Corrected margins of each fold's validation rows, by a model that did not learn from them. */
  readonly outOfFold: readonly Float64Array[];
  readonly candidates: readonly CandidateReport[];
  readonly trainRows: number;
  readonly fitSeconds: number; // everything that was tried
};

/** One of the fits of a family: what it is and how many there may be, for progress. */
export type FitPart = { readonly part: number; readonly parts: number; readonly name: string };

export type FamilyRun = {
  readonly options: TrainOptions;
  readonly context: Omit<FitContext, "onProgress">;
  readonly onFit: (part: FitPart) => (progress: FitProgress) => void;
};

/**
 * Chooses a family's configuration on the folds of the plan, calibrates it on the margins of all validated rows and
 * fits it on the final slice. Variants race first, then the best of them under the other imbalance methods.
 * @throws RangeError when a fitted model gives a margin that is not finite; the signal's reason when aborted.
 */
export async function trainFamily(
  family: MemberFamily,
  dataset: Dataset,
  plan: TrainingPlan,
  run: FamilyRun,
): Promise<TrainedFamily> {
  const started = performance.now();
  const { folds, final } = plan;
  const fits = fitCounter(family, dataset, plan, run);
  const runners = await chooseOnFolds(family, plan, run.options, fits);
  const winner = winnerOf(runners);
  const settled = await settleSteps(winner, plan, fits);
  const outOfFold = settled.map(({ margins }) => margins);
  const { rows, labels } = pooledValidation(folds);
  const weights = weightsOf(dataset, rows);
  const { calibrator } = fitCalibrator(pooledMargins(outOfFold), labels, run.options.seed, weights);
  const kept = final === null ? settled[0] : await fits.final(fixedSteps(winner), final);
  if (kept === undefined) throw new RangeError("a training plan needs at least one fold");
  return {
    family,
    model: kept.model,
    marginOffset: kept.marginOffset,
    calibrator,
    validationAveragePrecision: mean(settled.map(({ averagePrecision }) => averagePrecision)),
    outOfFold,
    candidates: runners.map((runner) => reportOf(runner, runner === winner)),
    trainRows: kept.trainRows,
    fitSeconds: (performance.now() - started) / 1000,
  };
}

type Fits = {
  readonly fold: (candidate: Candidate, fold: number) => Promise<FoldFit>;
  /** The same with the steps that the options say, whatever validation shows. */
  readonly unwatched: (candidate: Candidate, fold: number) => Promise<FoldFit>;
  readonly final: (candidate: Candidate, slice: TrainingPlan["test"]) => Promise<CandidateFit>;
  readonly dropped: (candidate: Candidate, behind: number) => void;
};

/** The fits of one family in turn, each reporting as the next of all that there may be. */
function fitCounter(
  family: MemberFamily,
  dataset: Dataset,
  { folds, final }: TrainingPlan,
  { options, context, onFit }: FamilyRun,
): Fits {
  const [first] = folds;
  const candidates = first === undefined ? 0 : candidateCount(family, first.train, options);
  const settling = folds.length > 1 ? folds.length : 0;
  const parts = candidates * folds.length + settling + (final === null ? 0 : 1);
  let part = 0;
  const runOf = (name: string): FitRun => {
    const onProgress = onFit({ part: Math.min(part++, parts - 1), parts, name });
    return { dataset, options, context: { ...context, onProgress } };
  };
  const among = (candidate: Candidate): string => (candidates > 1 ? nameOf(candidate) : "");
  const onFold = (candidate: Candidate, fold: number, watch: boolean): Promise<FoldFit> => {
    const at = folds.length > 1 ? `fold ${fold + 1} of ${folds.length}` : "";
    const name = [among(candidate), at].filter((text) => text !== "").join(", ");
    const selection = folds[fold];
    if (selection === undefined) throw new RangeError(`there is no fold ${fold}`);
    return fitFold(candidate, selection, { ...runOf(name), watch });
  };
  return {
    fold: (candidate, fold) => onFold(candidate, fold, true),
    unwatched: (candidate, fold) => onFold(candidate, fold, false),
    final: (candidate, slice) => {
      part = parts - 1;
      return fitCandidate(candidate, slice, runOf(folds.length > 1 || candidates > 1 ? "final fit" : ""));
    },
    dropped: (candidate, behind) =>
      onFit({ part: Math.min(part, parts - 1), parts, name: nameOf(candidate) })({
        step: 0,
        steps: 1,
        note: `given up, ${behind.toFixed(3)} behind in AP`,
      }),
  };
}

async function chooseOnFolds(
  family: MemberFamily,
  { folds }: TrainingPlan,
  options: TrainOptions,
  { fold: fit, dropped: onDrop }: Fits,
): Promise<Runner<MemberFamily>[]> {
  const [first] = folds;
  if (first === undefined) return [];
  const variants = await race<MemberFamily>(variantCandidates(family, first.train, options), folds.length, {
    fit,
    onDrop,
  });
  const rival = winnerOf(variants);
  const methods = methodCandidates(rival.candidate, first.train, options);
  return [...variants, ...(await race<MemberFamily>(methods, folds.length, { rival, fit, onDrop }))];
}

/** The candidate with the number of steps that is best over the folds, which the final fit takes without watching. */
function fixedSteps({ candidate, fits }: Runner<MemberFamily>): Candidate {
  const members = fits.flatMap((fit) => fit.members);
  return { ...candidate, options: refitOptions(candidate.family, members, candidate.options) };
}

/**
 * The fits of the folds with the steps of the final fit, so that margins are on its scale and no fold has chosen steps
 * for itself. A fold that stopped elsewhere is fitted again.
 */
async function settleSteps(
  winner: Runner<MemberFamily>,
  { folds }: TrainingPlan,
  { unwatched }: Fits,
): Promise<readonly FoldFit[]> {
  const step = bestStep(winner.fits.flatMap(({ members }) => members));
  if (folds.length === 1 || step === null) return winner.fits;
  const fixed = fixedSteps(winner);
  const settled: FoldFit[] = [];
  for (const [fold, fitted] of winner.fits.entries()) {
    const isSettled = fitted.members.every((member) => bestStep([member]) === step);
    settled.push(isSettled ? fitted : await unwatched(fixed, fold));
  }
  return settled;
}

function reportOf({ candidate, fits, dropped }: Runner<MemberFamily>, chosen: boolean): CandidateReport {
  const { family, variant, imbalance } = candidate;
  const foldAveragePrecision = sharedStepPrecision(fits);
  const validationAveragePrecision = mean(foldAveragePrecision);
  return {
    family,
    variant,
    imbalance,
    validationAveragePrecision,
    foldAveragePrecision,
    dropped,
    chosen,
  };
}
