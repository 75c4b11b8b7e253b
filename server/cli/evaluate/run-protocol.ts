import { searchOptions, type TrainOptions, trainDefaults } from "#ml/training/train-options.ts";
import { trainPlanned } from "#ml/training/train-planned.ts";
import type { ReplayCounts } from "#server/services/import/index.ts";
import type { EvaluateOptions } from "./evaluate-options.ts";
import { protocolData } from "./protocol.ts";
import type { RoundOutcome } from "./results.ts";
import { slicesOf } from "./slices.ts";
import { leakWarnings } from "./warnings.ts";

export type ProtocolHooks = {
  readonly now: Date;
  readonly onReading: (fraction: number, note: string) => void;
  readonly onRead: (counts: ReplayCounts) => void;
  readonly onTraining: (fraction: number, note: string) => void;
};

/** Matrix values that all folds together may hold for a search: each configuration is fitted on several of them. */
const MOST_SEARCHED_VALUES = 40_000_000;

/** Carries out a protocol on files: one outcome per round, newest test first. Nothing of the test enters a choice. */
export async function runProtocol(options: EvaluateOptions, hooks: ProtocolHooks): Promise<RoundOutcome[]> {
  const { dataset, rounds, counts } = await protocolData(options, hooks.now, hooks.onReading);
  hooks.onRead(counts);
  const outcomes: RoundOutcome[] = [];
  for (const [index, { plan, selection }] of rounds.entries()) {
    const place = rounds.length === 1 ? "" : `fold ${index + 1} of ${rounds.length}, `;
    const searched = plan.folds.reduce((sum, { train }) => sum + train.rows.length, 0) * dataset.width;
    const isLarge = !options.quick && searched > MOST_SEARCHED_VALUES;
    const training = trainingOf({ ...options, quick: options.quick || isLarge });
    const result = await trainPlanned(dataset, plan, training, {
      signal: null,
      onProgress: ({ fraction, stage }) =>
        hooks.onTraining((index + fraction) / rounds.length, `${place}${stage}`),
      now: hooks.now,
    });
    const { selected, reports, candidates, runnerUp, split } = result;
    outcomes.push({
      selected,
      reports,
      candidates,
      runnerUp,
      split,
      selection,
      warnings: index > 0 ? [] : [...(isLarge ? [tooLarge] : []), ...leakWarnings(dataset, plan.final)],
      slices: index === 0 && options.slices ? slicesOf(dataset, plan.final.rows, result) : null,
    });
  }
  return outcomes;
}

const tooLarge =
  "So many payments are too dear for a search: each family ran with its defaults. Fewer training days or one family allow it.";

function trainingOf({
  families,
  seed,
  quick,
}: Pick<EvaluateOptions, "families" | "seed" | "quick">): TrainOptions {
  const search = quick ? {} : searchOptions;
  return { ...trainDefaults, ...search, families, seed, unlabelled: "exclude", importanceRows: 0 };
}
