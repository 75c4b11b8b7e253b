import { blockedFolds } from "#ml/training/blocked-folds.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { Slice } from "#ml/training/time-split.ts";
import type { SelectionFold, TrainingPlan } from "#ml/training/training-plan.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { type ReplayCounts, replayFiles } from "#server/services/import/index.ts";
import type { EvaluateOptions } from "./evaluate-options.ts";
import { GrowingDataset } from "./growing-dataset.ts";
import { type History, lookThrough } from "./history.ts";
import type { Part } from "./part.ts";
import { planRounds, type Round } from "./rounds.ts";

/** A round with its payments as rows of the dataset. */
export type PlannedRound = {
  readonly plan: TrainingPlan & { readonly final: Slice };
  readonly selection: Round["selection"]["kind"];
};

export type ProtocolData = {
  readonly dataset: Dataset;
  readonly rounds: readonly PlannedRound[];
  readonly counts: ReplayCounts;
};

/** Values of the feature matrix that are held at most, as far as leaving out rehearsals helps: 0.8 GB. */
const MOST_VALUES = 100_000_000;
const MOST_REHEARSALS = 4;

/**
 * Everything a protocol needs: the payments are looked through once to plan it and then replayed, all of them, for the
 * features of those that it looks at. Frauds enter features only once the gap has passed.
 * @throws ProtocolError, CsvFileError, MappingError; RangeError when there are too few frauds to choose by
 */
export async function protocolData(
  options: EvaluateOptions,
  now: Date,
  onProgress: (fraction: number, note: string) => void,
): Promise<ProtocolData> {
  const { spans, gapDays, featureSet, mapping, paths } = options;
  const untilMs = spans.kind === "times" ? spans.test.toMs : Number.POSITIVE_INFINITY;
  const files = { paths, mapping, untilMs, now };
  const { history } = await lookThrough({
    ...files,
    onProgress: (fraction) => onProgress(fraction / 3, "looking through"),
  });
  const rounds = roundsThatFit(history, options);
  const wanted = wantedPositions(history, rounds);
  const rowOf = new Int32Array(history.times.length).fill(-1);
  wanted.forEach((position, row) => {
    rowOf[position] = row;
  });
  const rows = new GrowingDataset(featureSet, wanted.length);
  const counts = await replayFiles({
    ...files,
    featureSet,
    labelDelayDays: gapDays,
    onProgress: (fraction) => onProgress((1 + 2 * fraction) / 3, "computing features"),
    wants: (_, { position }) => (rowOf[position] ?? -1) >= 0,
    take: (row, features) => rows.add(row, features),
  });
  const dataset = rows.build(gapDays * DAY_MS);
  const sliceOf = ({ window, positions }: Part): Slice => {
    const own = positions.map((position) => rowOf[position] ?? 0);
    return { window, rows: own, labels: Uint8Array.from(own, (row) => (dataset.labels[row] === 1 ? 1 : 0)) };
  };
  return { dataset, counts, rounds: rounds.map((round) => plannedRound(round, dataset, sliceOf)) };
}

function roundsThatFit(history: History, options: EvaluateOptions): Round[] {
  const width = options.featureSet.definitions.length;
  for (let maxRehearsals = MOST_REHEARSALS; ; maxRehearsals--) {
    const rounds = planRounds(history, { ...options, maxRehearsals });
    if (maxRehearsals === 0 || wantedPositions(history, rounds).length * width <= MOST_VALUES) return rounds;
  }
}

/** Every position that some round looks at, ascending. */
function wantedPositions({ times }: History, rounds: readonly Round[]): Uint32Array {
  const isWanted = new Uint8Array(times.length);
  const mark = ({ positions }: Part): void => {
    for (const position of positions) isWanted[position] = 1;
  };
  for (const { train, test, selection } of rounds) {
    [train, test].forEach(mark);
    if (!("folds" in selection)) continue;
    for (const fold of selection.folds) [fold.train, fold.validation].forEach(mark);
  }
  const all = Uint32Array.from(isWanted.keys());
  return all.filter((position) => isWanted[position] === 1);
}

function plannedRound(round: Round, dataset: Dataset, sliceOf: (part: Part) => Slice): PlannedRound {
  const { selection } = round;
  const [final, test] = [sliceOf(round.train), sliceOf(round.test)];
  const folds: readonly SelectionFold[] =
    "folds" in selection
      ? selection.folds.map(({ train, validation }) => ({
          train: sliceOf(train),
          validation: sliceOf(validation),
        }))
      : blockedFolds(dataset, final, selection);
  return { plan: { folds, final, test }, selection: selection.kind };
}
