import type { Dataset } from "#ml/training/dataset.ts";
import type { SplitWindows } from "#ml/training/time-split.ts";
import { type TrainOptions, trainDefaults } from "#ml/training/train-options.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { type ReplayCounts, replayFiles, type TimeRange } from "#server/services/import/index.ts";
import type { EvaluateOptions } from "./evaluate-options.ts";
import { GrowingDataset } from "./growing-dataset.ts";
import { KnownCards } from "./known-cards.ts";

/** The last part of the training span, on which early stopping, calibration and the choice of a family rest. */
const VALIDATION_SHARE = 0.25;

export type ProtocolData = { readonly dataset: Dataset; readonly counts: ReplayCounts };

/** Rows of the training and the test span with their features, replayed from all earlier rows of the files. */
export async function protocolDataset(
  options: EvaluateOptions,
  now: Date,
  onProgress: (fraction: number) => void,
): Promise<ProtocolData> {
  const { train, test, gapDays, featureSet, mapping, paths } = options;
  const known = new KnownCards(train.fromMs, gapDays);
  const rows = new GrowingDataset(featureSet);
  const counts = await replayFiles({
    paths,
    mapping,
    featureSet,
    labelDelayDays: gapDays,
    untilMs: test.toMs,
    now,
    onProgress,
    wants: ({ payment, fraud }) => {
      const { occurredAtMs } = payment;
      const card = payment.cardToken ?? payment.customerId;
      if (fraud === true) known.addFraud(card, occurredAtMs);
      if (isIn(train, occurredAtMs)) return true;
      return isIn(test, occurredAtMs) && !(options.dropKnownCards && known.isKnown(card, occurredAtMs));
    },
    take: (row, features) => rows.add(row, features),
  });
  return { dataset: rows.build(gapDays * DAY_MS), counts };
}

/**
 * How `train` is to run: validation is the last quarter of the training span, in whole days where that has any; labels
 * are those known when the test begins; afterwards each family is fitted again on the whole span.
 */
export function protocolTraining(options: EvaluateOptions): TrainOptions {
  return {
    ...trainDefaults,
    families: options.families,
    seed: options.seed,
    unlabelled: "exclude",
    windows: windowsOf(options.train, options.test),
    refit: true,
  };
}

export function windowsOf(train: TimeRange, test: TimeRange): SplitWindows {
  const days = (train.toMs - train.fromMs) / DAY_MS;
  const validationDays =
    Number.isInteger(days) && days > 1
      ? Math.max(1, Math.round(days * VALIDATION_SHARE))
      : days * VALIDATION_SHARE;
  const cut = train.toMs - validationDays * DAY_MS;
  return {
    train: { fromMs: train.fromMs, toMs: cut },
    validation: { fromMs: cut, toMs: train.toMs },
    test,
    learningLabelsAtMs: test.fromMs,
  };
}

function isIn({ fromMs, toMs }: TimeRange, ms: number): boolean {
  return ms >= fromMs && ms < toMs;
}
