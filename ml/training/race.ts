import type { MemberFamily } from "#ml/models/families.ts";
import type { Candidate } from "./candidate.ts";
import { type FoldFit, mean, sharedStepPrecision } from "./fit-candidate.ts";

/** A candidate with its fits, in order of the folds. */
export type Runner<F extends MemberFamily> = {
  readonly candidate: Candidate<F>;
  readonly fits: readonly FoldFit[];
  /** It fell behind and was fitted on no further fold. */
  readonly dropped: boolean;
};

/**
 * Behind the best by more than this after one fold, two folds and so on (the last figure holds from there), a candidate
 * is given up. Paired differences in average precision on a fold of some hundred frauds spread by about 0.007, so the
 * first is one of those; later, what trails at all is not worth its fits, since what it could still win is smaller yet.
 */
const MARGINS = [0.008, 0.001] as const;

/**
 * Fits candidates fold by fold. After each fold those clearly behind the best so far, `rival` included (it has run
 * already), leave. Comparisons are paired: same folds, same rows. @throws what `fit` throws
 */
export async function race<F extends MemberFamily>(
  candidates: readonly Candidate<F>[],
  folds: number,
  run: {
    readonly rival?: Runner<F>;
    readonly fit: (candidate: Candidate<F>, fold: number) => Promise<FoldFit>;
    readonly onDrop?: (candidate: Candidate<F>, behind: number) => void;
  },
): Promise<Runner<F>[]> {
  const runners = candidates.map((candidate) => ({ candidate, fits: [] as FoldFit[], dropped: false }));
  for (let fold = 0; fold < folds; fold++) {
    const running = runners.filter(({ dropped }) => !dropped);
    for (const runner of running) runner.fits.push(await run.fit(runner.candidate, fold));
    const rivalFits = run.rival?.fits.slice(0, fold + 1);
    const best = Math.max(
      ...running.map(({ fits }) => precisionOf(fits)),
      rivalFits === undefined ? Number.NEGATIVE_INFINITY : precisionOf(rivalFits),
    );
    if (fold + 1 === folds) break;
    for (const runner of running) {
      const behind = best - precisionOf(runner.fits);
      runner.dropped = behind > marginAfter(fold + 1);
      if (runner.dropped) run.onDrop?.(runner.candidate, behind);
    }
  }
  return runners;
}

/** The best of those that ran to the end; the earliest of equals. @throws RangeError when none did */
export function winnerOf<F extends MemberFamily>(runners: readonly Runner<F>[]): Runner<F> {
  const [first, ...others] = runners.filter(({ dropped }) => !dropped);
  if (first === undefined) throw new RangeError("no candidate ran on every fold");
  return others.reduce(
    (best, rival) => (precisionOf(rival.fits) > precisionOf(best.fits) ? rival : best),
    first,
  );
}

function marginAfter(folds: number): number {
  return folds === 1 ? MARGINS[0] : MARGINS[1];
}

/** Mean average precision over the folds at the number of steps they share. */
export function precisionOf(fits: readonly FoldFit[]): number {
  return mean(sharedStepPrecision(fits));
}
