import { cbpe } from "./cbpe.ts";
import {
  type FeatureReference,
  isOutside,
  noCounts,
  placeOf,
  type WindowCounts,
} from "./feature-reference.ts";
import { type DelaySums, delaySums } from "./label-delay.ts";

/** The payments of one window, scored by the model that is watched. */
export type WindowRows = {
  readonly rows: number;
  readonly width: number;
  /** row-major, NaN where missing */
  readonly features: Float64Array;
  /** calibrated probabilities; NaN where the model could not score */
  readonly scores: Float64Array;
  /** 1 where the policy would review or decline at this score */
  readonly alerted: Uint8Array;
  /** expected cost in minor units of what the policy would do at this score */
  readonly costMinor: Float64Array;
  /** 1 where a fraud label is known at the end of the window */
  readonly reported: Uint8Array;
  /** days from payment to recording, of the fraud labels recorded in the window, whenever the payment was */
  readonly labelDelays: readonly { readonly source: string; readonly days: number }[];
};

/** Figures of a window that change when fraud or its detection does; null where there is nothing to say. */
export type WindowFigures = {
  /** share of payments that the policy would review or decline */
  readonly alertRate: number | null;
  /** mean calibrated score: the fraud rate as the model sees it */
  readonly estimatedRate: number | null;
  /** of fraud as the model sees it, the share that the policy would review or decline (CBPE) */
  readonly estimatedRecall: number | null;
  readonly estimatedPrecision: number | null;
  /** expected cost in minor units a payment under the policy */
  readonly estimatedCost: number | null;
  /** share of payments known to be fraud at the end of the window */
  readonly reportedRate: number | null;
  /** of those, the share that the policy would have reviewed or declined */
  readonly caughtShare: number | null;
  /** share of payments known to be fraud at the end of the window that the policy would have approved */
  readonly missedRate: number | null;
};

export type WindowFacts = {
  readonly rows: number;
  readonly unscored: number;
  readonly reported: number;
  readonly caught: number;
  readonly labelDelays: readonly DelaySums[];
  /** in the order of the reference */
  readonly features: readonly WindowCounts[];
  readonly score: WindowCounts;
  readonly figures: WindowFigures;
};

export type WatchedReference = {
  readonly features: readonly FeatureReference[];
  readonly score: FeatureReference;
};

/** Fraud labels under which the share of them that was caught, or their delay, is not told. */
export const LEAST_LABELS = 10;

/** Everything that is kept of a window: counts on the reference's bins, and its figures. O(rows width log bins). */
export function windowFacts(window: WindowRows, reference: WatchedReference): WindowFacts {
  const { rows, width, features, scores } = window;
  const [caught, reported] = [
    countOf(window, (row) => window.alerted[row] === 1),
    countOf(window, () => true),
  ];
  return {
    rows,
    unscored: scores.reduce((sum, score) => sum + Number(Number.isNaN(score)), 0),
    reported,
    caught,
    labelDelays: delaySums(window.labelDelays),
    features: reference.features.map((each, feature) =>
      countOn(each, rows, (row) => features[row * width + feature] ?? Number.NaN),
    ),
    score: countOn(reference.score, rows, (row) => scores[row] ?? Number.NaN),
    figures: { ...estimatedFigures(window), ...labelFigures(window, { caught, reported }) },
  };
}

function countOn(reference: FeatureReference, rows: number, read: (row: number) => number): WindowCounts {
  const counts = [...noCounts(reference).counts];
  let [missing, unseen, outside] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const value = read(row);
    const place = placeOf(reference, value);
    if (place === "missing") missing++;
    else if (place === "unseen") unseen++;
    else counts[place] = (counts[place] ?? 0) + 1;
    if (isOutside(reference, value)) outside++;
  }
  return { counts, missing, unseen, outside };
}

type Estimated = Pick<
  WindowFigures,
  "alertRate" | "estimatedRate" | "estimatedRecall" | "estimatedPrecision" | "estimatedCost"
>;

/** CBPE with the policy's own answer instead of one threshold: what it does may depend on the amount. */
function estimatedFigures({ rows, scores, alerted, costMinor }: WindowRows): Estimated {
  const scored = Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(scores[row]));
  const of = (kept: readonly number[]) =>
    cbpe(
      Float64Array.from(kept, (row) => scores[row] ?? 0),
      0,
    );
  const [all, stopped] = [of(scored), of(scored.filter((row) => alerted[row] === 1))];
  const n = scored.length;
  const cost = scored.reduce((sum, row) => sum + (costMinor[row] ?? 0), 0);
  return {
    alertRate: n === 0 ? null : (stopped.tp + stopped.fp) / n,
    estimatedRate: n === 0 ? null : all.tp / n,
    estimatedRecall: all.tp > 0 ? stopped.tp / all.tp : null,
    estimatedPrecision: stopped.precision,
    estimatedCost: n === 0 ? null : cost / n,
  };
}

function labelFigures(
  { rows }: WindowRows,
  { caught, reported }: { readonly caught: number; readonly reported: number },
): Pick<WindowFigures, "reportedRate" | "caughtShare" | "missedRate"> {
  return {
    reportedRate: rows === 0 ? null : reported / rows,
    caughtShare: reported < LEAST_LABELS ? null : caught / reported,
    missedRate: rows === 0 ? null : (reported - caught) / rows,
  };
}

function countOf({ rows, reported }: WindowRows, isCounted: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (reported[row] === 1 && isCounted(row)) count++;
  return count;
}
