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

/** Carries out a protocol on files: one outcome per round, newest test first. Nothing of the test enters a choice. */
export async function runProtocol(options: EvaluateOptions, hooks: ProtocolHooks): Promise<RoundOutcome[]> {
  const { dataset, rounds, counts } = await protocolData(options, hooks.now, hooks.onReading);
  hooks.onRead(counts);
  const outcomes: RoundOutcome[] = [];
  for (const [index, { plan, selection }] of rounds.entries()) {
    const place = rounds.length === 1 ? "" : `fold ${index + 1} of ${rounds.length}, `;
    const result = await trainPlanned(dataset, plan, trainingOf(options), {
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
      warnings: index === 0 ? leakWarnings(dataset, plan.final) : [],
      slices: index === 0 && options.slices ? slicesOf(dataset, plan.final.rows, result) : null,
    });
  }
  return outcomes;
}

function trainingOf({ families, seed, quick }: EvaluateOptions): TrainOptions {
  return { ...trainDefaults, ...(quick ? {} : searchOptions), families, seed, unlabelled: "exclude" };
}
