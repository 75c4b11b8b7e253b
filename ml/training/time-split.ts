import type { Dataset } from "./dataset.ts";

export const DAY_MS = 86_400_000;

/** Half-open: from `fromMs` up to but not including `toMs`. */
export type TimeWindow = { readonly fromMs: number; readonly toMs: number };

/** Windows in order of time; between train and validation lies the gap in which training labels mature. */
export type SplitWindows = {
  readonly train: TimeWindow;
  readonly validation: TimeWindow;
  readonly test: TimeWindow;
  /**
   * When the labels of train and validation are read, for protocols that validate inside the training span and keep
   * the gap before the test window. Left out: those of train at the start of validation, those of validation now.
   */
  readonly learningLabelsAtMs?: number;
};

/**
 * What a row without a label is worth. `legitimate_when_mature`: legitimate once it is older than the maturity at the
 * moment the slice's labels are read; younger rows, and those of which no dispute could come, are left out.
 * `exclude`: left out always.
 */
export const unlabelledPolicies = ["exclude", "legitimate_when_mature"] as const;
export type UnlabelledPolicy = (typeof unlabelledPolicies)[number];

export type LabelRule = {
  readonly unlabelled: UnlabelledPolicy;
  readonly maturityDays: number;
};

/** Rows of a dataset (ascending) with the label each counts as. */
export type Slice = {
  readonly window: TimeWindow;
  readonly rows: Uint32Array;
  readonly labels: Uint8Array; // one per row of `rows`
};

export type TimeSplit = { readonly train: Slice; readonly validation: Slice; readonly test: Slice };

/**
 * Cuts the dataset by time, never at random. Labels are read as they were known: those of the training slice at the
 * end of the gap, those of validation and test at `nowMs` (unless the windows say otherwise). A label recorded later counts as none.
 * @throws RangeError when windows are empty, overlap or are out of order.
 */
export function splitByTime(
  dataset: Dataset,
  windows: SplitWindows,
  rule: LabelRule & { nowMs: number },
): TimeSplit {
  const { train, validation, test } = windows;
  const edges = [train.fromMs, train.toMs, validation.fromMs, validation.toMs, test.fromMs, test.toMs];
  const ordered = edges.every(
    (edge, i) => i === 0 || (i % 2 === 1 ? edge > (edges[i - 1] ?? 0) : edge >= (edges[i - 1] ?? 0)),
  );
  if (!ordered) throw new RangeError("train, validation and test must follow one another and not be empty");
  const learningAt = windows.learningLabelsAtMs;
  const trainAt = Math.min(learningAt ?? validation.fromMs, rule.nowMs);
  const validationAt = Math.min(learningAt ?? rule.nowMs, rule.nowMs);
  return {
    train: sliceOf(dataset, train, { ...rule, knownAtMs: trainAt }),
    validation: sliceOf(dataset, validation, { ...rule, knownAtMs: validationAt }),
    test: sliceOf(dataset, test, { ...rule, knownAtMs: rule.nowMs }),
  };
}

/** Rows of one window whose label is known, or may be taken for legitimate, at `knownAtMs`. O(rows). */
export function sliceOf(
  dataset: Dataset,
  window: TimeWindow,
  rule: LabelRule & { knownAtMs: number },
): Slice {
  const rows: number[] = [];
  const labels: number[] = [];
  for (let row = 0; row < dataset.rows; row++) {
    const at = dataset.occurredAtMs[row] as number;
    if (!(at >= window.fromMs && at < window.toMs)) continue;
    const label = labelAt(dataset, row, rule);
    if (label === null) continue;
    rows.push(row);
    labels.push(label);
  }
  return { window, rows: Uint32Array.from(rows), labels: Uint8Array.from(labels) };
}

function labelAt(dataset: Dataset, row: number, rule: LabelRule & { knownAtMs: number }): 0 | 1 | null {
  const label = dataset.labels[row];
  const known = (dataset.labelRecordedAtMs[row] as number) <= rule.knownAtMs;
  if (known && (label === 0 || label === 1)) return label;
  if (rule.unlabelled === "exclude" || dataset.undisputable?.[row] === 1) return null;
  const age = rule.knownAtMs - (dataset.occurredAtMs[row] as number);
  return age >= rule.maturityDays * DAY_MS ? 0 : null;
}

export type SplitPlan = {
  /** Days between the end of training and the start of validation; at least the maturity of labels. */
  readonly gapDays: number;
  readonly validationDays: number;
  readonly testDays: number;
  /** Days of training before the gap; null for all there are. */
  readonly trainDays: number | null;
  /** First days of history to leave out of training, because windows over them are not filled yet; at most a quarter. */
  readonly warmupDays: number;
};

const WEEK = 7;
const LEAST_JUDGED_DAYS = 1 / 12;

/**
 * Windows for training in production, counted back from the newest moment whose labels are mature: test ends there,
 * validation before it, the gap, then training back to the end of the warm-up. Where history is too short for the
 * plan, validation and test become a week each, so that they still hold every weekday once; where that is still too
 * long, they shrink to a day, and then all parts alike, down to a validation of two hours (the gap is then shorter than
 * the maturity, and immature training rows drop out). Feature sets without windows need no warm-up.
 * @throws RangeError when the dataset is empty or too short for that.
 */
export function planWindows(
  dataset: Dataset,
  plan: SplitPlan,
  { nowMs, maturityDays }: { nowMs: number; maturityDays: number },
): SplitWindows {
  const { first, last } = span(dataset);
  const end = Math.min(last + 1, Math.max(nowMs - maturityDays * DAY_MS, first));
  const { gapDays, validationDays, testDays } = fitPlan(plan, (end - first) / DAY_MS);
  const daysBack = (days: number): number => end - days * DAY_MS;
  const testFrom = daysBack(testDays);
  const validationFrom = daysBack(testDays + validationDays);
  const trainTo = daysBack(testDays + validationDays + gapDays);
  const hasWindows = dataset.featureSet.definitions.some((definition) => definition.window !== null);
  const warm = first + (hasWindows ? Math.min(plan.warmupDays * DAY_MS, (trainTo - first) / 4) : 0);
  const trainFrom = plan.trainDays === null ? warm : Math.max(warm, trainTo - plan.trainDays * DAY_MS);
  return {
    train: { fromMs: trainFrom, toMs: trainTo },
    validation: { fromMs: validationFrom, toMs: testFrom },
    test: { fromMs: testFrom, toMs: end },
  };
}

type Lengths = Pick<SplitPlan, "gapDays" | "validationDays" | "testDays">;

/** The longest of the plan, the plan with weeks, and the plan shrunk, that leaves as much to train on as to judge by. */
function fitPlan(plan: Lengths, availableDays: number): Lengths {
  const { gapDays, validationDays, testDays } = plan;
  const judgedTwice = 2 * (validationDays + testDays);
  if (gapDays + judgedTwice <= availableDays) return plan;
  const weekly = {
    gapDays,
    validationDays: Math.min(WEEK, validationDays),
    testDays: Math.min(WEEK, testDays),
  };
  if (gapDays + 2 * (weekly.validationDays + weekly.testDays) <= availableDays) return weekly;
  const least = (share: number): number => share * Math.min(validationDays, testDays);
  const judged = (share: number): Lengths => ({
    gapDays,
    validationDays: validationDays * share,
    testDays: testDays * share,
  });
  const besideGap = (availableDays - gapDays) / judgedTwice;
  if (least(besideGap) >= 1) return judged(besideGap);
  const share = availableDays / (gapDays + judgedTwice);
  if (least(share) >= LEAST_JUDGED_DAYS) return { ...judged(share), gapDays: gapDays * share };
  throw new RangeError(`too little mature history to train on: ${availableDays.toFixed(1)} days`);
}

function span({ rows, occurredAtMs }: Dataset): { first: number; last: number } {
  if (rows === 0) throw new RangeError("there are no rows to train on");
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    first = Math.min(first, occurredAtMs[row] as number);
    last = Math.max(last, occurredAtMs[row] as number);
  }
  return { first, last };
}
