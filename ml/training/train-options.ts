import {
  type AvailableFamily,
  availableFamilies,
  type FamilyOptions,
  type MemberFamily,
} from "#ml/models/families.ts";
import {
  type ImbalanceMethod,
  type ImbalanceOptions,
  imbalanceDefaults,
  imbalanceMethods,
} from "./imbalance-method.ts";
import type { SplitPlan, SplitWindows, UnlabelledPolicy } from "./time-split.ts";

export type TrainOptions = {
  /** Tried in order of preference, whatever the order here. */
  readonly families: readonly AvailableFamily[];
  readonly seed: number;
  /** Days after which no dispute is to be expected any more. */
  readonly maturityDays: number;
  readonly unlabelled: UnlabelledPolicy;
  /** How to cut history when `windows` is null. */
  readonly split: SplitPlan;
  readonly windows: SplitWindows | null;
  /** Validation windows to choose by, each one length before the next (`walkForward`); 1 is the quickest. */
  readonly folds: number;
  /** Ways to treat rare frauds that each family tries, the first of them before its variants; at least one. */
  readonly imbalanceMethods: readonly ImbalanceMethod[];
  readonly imbalance: ImbalanceOptions;
  /** Whether a family's variants (`family-variants.ts`) are tried beside its own defaults. */
  readonly search: "off" | "on";
  /**
   * Fit each family once more on training and validation rows together, with what early stopping found; the
   * calibrator stays that of the first fit. For protocols whose validation lies inside the training span.
   */
  readonly refit: boolean;
  /** Changes to the families' own defaults. */
  readonly familyOptions: { readonly [F in MemberFamily]?: Partial<FamilyOptions[F]> };
  /** Validation rows on which the selected model's features are weighed for the artefact; 0 leaves that out. */
  readonly importanceRows: number;
  /** Bootstrap replicates behind each interval; under 2 there are no intervals. */
  readonly bootstrapReplicates: number;
};

export const trainDefaults: TrainOptions = {
  families: availableFamilies,
  seed: 1,
  maturityDays: 30,
  unlabelled: "legitimate_when_mature",
  split: { gapDays: 30, validationDays: 14, testDays: 14, trainDays: null, warmupDays: 30 },
  windows: null,
  folds: 1,
  imbalanceMethods: ["under_sampling"],
  imbalance: imbalanceDefaults,
  search: "off",
  refit: false,
  familyOptions: {},
  importanceRows: 1_000,
  bootstrapReplicates: 200,
};

/**
 * Changes to the defaults for a run that looks for the best configuration rather than a quick one: every method, every
 * variant. Under-sampling then thins to so few rows that it differs from none at usual fraud rates.
 */
export const searchOptions: Pick<TrainOptions, "imbalanceMethods" | "imbalance" | "search"> = {
  imbalanceMethods,
  imbalance: { ...imbalanceDefaults, negativesPerPositive: 30 },
  search: "on",
};

export type TrainProgress = { readonly fraction: number; readonly stage: string };

export type TrainContext = {
  readonly signal: AbortSignal | null;
  readonly onProgress: (progress: TrainProgress) => void;
  /** Bounds what is known: labels recorded later do not exist. */
  readonly now: Date;
};
