import { type ChanceDrift, chanceDrift } from "./chance-drift.ts";
import { domainClassifier, type SampledWindow } from "./domain-classifier.ts";
import { type FeatureReference, placeOf, type WindowCounts } from "./feature-reference.ts";
import { delayRatio, usualDelays } from "./label-delay.ts";
import { type PcaReference, pcaReference, reconstructionError } from "./pca-reconstruction.ts";
import { psiFromCounts } from "./population-stability.ts";
import { LEAST_LABELS, type WatchedReference, type WindowFacts, type WindowFigures } from "./window-facts.ts";

/** A window before the watch begins, with rows drawn from it evenly. */
export type BaselineWindow = {
  readonly facts: WindowFacts;
  readonly sample: SampledWindow;
  /** whether the reference's bins were made from it, so that its distance from them says nothing */
  readonly isReference: boolean;
  /** whether the model learned from it, so that its scores flatter */
  readonly isLearned: boolean;
};

/** What is usual: plain JSON but for the sample. */
export type DriftBaseline = {
  readonly figures: readonly WindowFigures[];
  /** mean logarithm of days until a fraud label, by source */
  readonly labelDelays: Readonly<Record<string, number>>;
  /** how many times as late as that the labels of each window came */
  readonly delayRatios: readonly (number | null)[];
  /** per feature of the reference: highest share of missing, unseen and outside values of any window */
  readonly quality: readonly QualityShares[];
  readonly chance: readonly (ChanceDrift | null)[];
  readonly scoreChance: ChanceDrift | null;
  readonly pca: PcaReference | null;
  readonly pcaErrors: readonly number[];
  readonly domainAucs: readonly number[];
};

export type QualityShares = {
  readonly missing: readonly [least: number, most: number];
  readonly unseen: readonly [least: number, most: number];
  readonly outside: readonly [least: number, most: number];
};

/** Features of the calendar: whole weeks hold the same days, shorter windows differ by nature. */
export type BaselineOptions = { readonly skip: ReadonlySet<string> };

/** Learns from the windows before the watch begins how much a window differs without drift. */
export async function driftBaseline(
  reference: WatchedReference,
  windows: readonly BaselineWindow[],
  { skip }: BaselineOptions,
): Promise<DriftBaseline> {
  const others = windows.filter(({ isReference }) => !isReference);
  const unlearned = others.filter(({ isLearned }) => !isLearned);
  const usual = usualDelays(windows.map(({ facts }) => facts.labelDelays));
  const pca = pcaReference(windows.flatMap(({ sample }) => ranks(sample, reference.features, skip)));
  return {
    figures: windows.map(({ facts, isLearned }) =>
      isLearned ? withoutScores(facts.figures) : facts.figures,
    ),
    labelDelays: Object.fromEntries(usual),
    delayRatios: windows.map(({ facts }) => delayRatio(facts.labelDelays, usual, LEAST_LABELS)),
    quality: reference.features.map((_, at) =>
      qualityOf(
        windows.map(({ facts }) => facts),
        at,
      ),
    ),
    chance: reference.features.map((feature, at) =>
      usualChance(others, feature, (facts) => facts.features[at]),
    ),
    scoreChance: usualChance(unlearned, reference.score, (facts) => facts.score),
    pca,
    pcaErrors: windows.flatMap(({ sample }) =>
      pca === null ? [] : (reconstructionError(pca, ranks(sample, reference.features, skip)) ?? []),
    ),
    domainAucs: await usualAucs(reference, windows, skip),
  };
}

function usualChance(
  windows: readonly BaselineWindow[],
  own: FeatureReference,
  countsOf: (facts: WindowFacts) => WindowCounts | undefined,
): ChanceDrift | null {
  const sized = windows.flatMap(({ facts }) => {
    const counts = countsOf(facts)?.counts ?? [];
    const psi = counts.length === own.counts.length ? psiFromCounts(own.counts, counts) : null;
    return psi === null ? [] : { psi: psi.psi, rows: total(counts), referenceRows: total(own.counts) };
  });
  return chanceDrift(sized, own.counts.length);
}

/** Labels come whatever the model has learned; all that goes by its scores is left out. */
function withoutScores(figures: WindowFigures): WindowFigures {
  const { reportedRate } = figures;
  return {
    alertRate: null,
    estimatedRate: null,
    estimatedRecall: null,
    estimatedPrecision: null,
    estimatedCost: null,
    caughtShare: null,
    missedRate: null,
    reportedRate,
  };
}

/** Each window against a sample of all the others. */
async function usualAucs(
  reference: WatchedReference,
  windows: readonly BaselineWindow[],
  skip: ReadonlySet<string>,
): Promise<number[]> {
  const aucs: number[] = [];
  for (const window of windows) {
    const rest = pooledSample(windows.filter((other) => other !== window).map(({ sample }) => sample));
    const { auc } = await domainClassifier(rest, window.sample, reference.features, skip);
    if (auc !== null) aucs.push(auc);
  }
  return aucs;
}

/** Every so many rows of several samples, so that all of them together have as many as one of them. */
export function pooledSample(samples: readonly SampledWindow[]): SampledWindow {
  const every = Math.max(1, samples.length);
  const groups: string[] = [];
  const features: number[] = [];
  for (const sample of samples) {
    const width = sample.rows === 0 ? 0 : sample.features.length / sample.rows;
    for (let row = 0; row < sample.rows; row += every) {
      groups.push(sample.groups[row] ?? "");
      features.push(...sample.features.subarray(row * width, (row + 1) * width));
    }
  }
  return { rows: groups.length, features: Float64Array.from(features), groups };
}

/** Rows as ranks within the reference, so that no outlier outweighs the rest; missing and unseen in the middle. */
export function ranks(
  { rows, features }: SampledWindow,
  references: readonly FeatureReference[],
  skip: ReadonlySet<string>,
): number[][] {
  const used = references.flatMap((reference, column) => {
    if (skip.has(reference.name)) return [];
    const n = Math.max(1, total(reference.counts));
    let before = 0;
    const middles = reference.counts.map((count) => {
      before += count;
      return (before - count / 2) / n;
    });
    return [{ reference, column, middles }];
  });
  return Array.from({ length: rows }, (_, row) =>
    used.map(({ reference, column, middles }) => {
      const place = placeOf(reference, features[row * references.length + column] ?? Number.NaN);
      return typeof place === "number" ? (middles[place] ?? 0.5) : 0.5;
    }),
  );
}

function qualityOf(windows: readonly WindowFacts[], feature: number): QualityShares {
  const shares = (of: "missing" | "unseen" | "outside"): [number, number] => {
    const values = windows.flatMap(({ rows, features }) =>
      rows === 0 ? [] : (features[feature]?.[of] ?? 0) / rows,
    );
    return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  };
  return { missing: shares("missing"), unseen: shares("unseen"), outside: shares("outside") };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
