import { type BinnedDrift, binnedDrift } from "./binned-drift.ts";
import { type ChanceDrift, chanceLimit, chanceOf } from "./chance-drift.ts";
import {
  type ControlLimits,
  controlLimits,
  type FigureScale,
  type LimitOptions,
  toScale,
} from "./control-limits.ts";
import { type DomainVerdict, domainClassifier, type SampledWindow } from "./domain-classifier.ts";
import { type DriftBaseline, type QualityShares, ranks } from "./drift-baseline.ts";
import type { FeatureReference, WindowCounts } from "./feature-reference.ts";
import { delayRatio } from "./label-delay.ts";
import { benjaminiHochberg } from "./multiple-testing.ts";
import { reconstructionError } from "./pca-reconstruction.ts";
import { type QualityChange, qualityChange } from "./quality-change.ts";
import { LEAST_LABELS, type WatchedReference, type WindowFacts, type WindowFigures } from "./window-facts.ts";

export type FeatureAssessment = {
  readonly name: string;
  readonly rows: number;
  readonly counts: readonly number[];
  /** shares of the window's rows; null without rows */
  readonly missing: number | null;
  readonly unseen: number | null;
  readonly outside: number | null;
  /** null with fewer rows than needed, or without a value */
  readonly drift: BinnedDrift | null;
  /** probability of such a PSI without drift, adjusted over features; null where the usual is not known */
  readonly q: number | null;
  /** PSI from which this counts as drift at this sample size; null where the usual is not known */
  readonly limit: number | null;
  /** beyond the limit, and beyond chance after the adjustment */
  readonly moved: boolean;
  /** more missing, unseen or out of range (or far fewer) than in any window before */
  readonly quality: QualityChange | null;
};

export const figureNames = [
  "estimatedCost",
  "estimatedRecall",
  "alertRate",
  "reportedRate",
  "missedRate",
] as const;
export type FigureName = (typeof figureNames)[number];
export type SeriesName = FigureName | "labelDelay" | "domainAuc" | "pcaError";

export type SeriesAssessment = {
  readonly name: SeriesName;
  readonly value: number | null;
  readonly limits: ControlLimits | null;
  readonly outside: "above" | "below" | null;
  /** from the usual mean, on the scale on which the figure varies evenly */
  readonly shift: number | null;
};

export type WindowAssessment = {
  readonly rows: number;
  /** false under the floor of rows: then nothing is judged */
  readonly enough: boolean;
  readonly features: readonly FeatureAssessment[];
  readonly score: FeatureAssessment;
  readonly figures: WindowFigures;
  readonly series: readonly SeriesAssessment[];
  /** features that give the window away, largest share first */
  readonly givenAwayBy: DomainVerdict["shares"];
};

export type AssessOptions = {
  readonly leastRows: number;
  /** chance of a window without drift to leave the limits of one figure */
  readonly falseAlarms: number;
  /** the same for what looks at all features together, which wanders slowly and so stays outside once it is */
  readonly falseTogether: number;
  /** expected share of false ones among the features said to have moved */
  readonly falseFeatures: number;
  /** PSI below which a shift is not worth telling, however sure it is */
  readonly leastPsi: number;
  readonly skip: ReadonlySet<string>;
};

export const assessDefaults = {
  leastRows: 500,
  falseAlarms: 0.05,
  falseTogether: 0.01,
  falseFeatures: 0.004,
  leastPsi: 0.1,
} as const;

const GIVEN_AWAY = 8;

/** Smallest changes worth telling: a fifth of cost, a tenth of the odds of being caught, and so on. */
const figureRules = {
  estimatedCost: { scale: "log", leastChange: Math.log(1.2) },
  estimatedRecall: { scale: "logit", leastChange: 0.25 },
  alertRate: { scale: "log", leastChange: Math.log(1.3) },
  reportedRate: { scale: "root", leastChange: 0 },
  missedRate: { scale: "root", leastChange: 0 },
} as const satisfies Record<FigureName, { scale: FigureScale; leastChange: number }>;
const delayRule = { scale: "log", leastChange: Math.log(1.3) } as const;
const aucRule = { scale: "linear", leastChange: 0.07 } as const;
const pcaRule = { scale: "log", leastChange: Math.log(1.05) } as const;

/** Judges one window against what is usual. Undefined figures are null and never outside. */
export async function assessWindow(
  facts: WindowFacts,
  samples: { readonly window: SampledWindow; readonly usual: SampledWindow },
  { reference, baseline }: { readonly reference: WatchedReference; readonly baseline: DriftBaseline },
  options: AssessOptions,
): Promise<WindowAssessment> {
  const enough = facts.rows >= options.leastRows;
  const features = assessFeatures(facts, { reference, baseline }, { ...options, enough });
  const domain = enough
    ? await domainClassifier(samples.usual, samples.window, reference.features, options.skip)
    : null;
  const pcaError =
    enough && baseline.pca !== null
      ? reconstructionError(baseline.pca, ranks(samples.window, reference.features, options.skip))
      : null;
  const series = seriesOf(facts, { domainAuc: domain?.auc ?? null, pcaError }, baseline, {
    ...options,
    enough,
  });
  return {
    rows: facts.rows,
    enough,
    ...features,
    figures: facts.figures,
    series,
    givenAwayBy: domain?.shares.slice(0, GIVEN_AWAY) ?? [],
  };
}

function seriesOf(
  facts: WindowFacts,
  { domainAuc, pcaError }: { readonly domainAuc: number | null; readonly pcaError: number | null },
  baseline: DriftBaseline,
  { enough, falseAlarms, falseTogether }: AssessOptions & { readonly enough: boolean },
): SeriesAssessment[] {
  const usualDelay = new Map(Object.entries(baseline.labelDelays));
  const labelDelay = enough ? delayRatio(facts.labelDelays, usualDelay, LEAST_LABELS) : null;
  const chance = 0.5 / Math.sqrt(Math.max(1, facts.rows)); // of the root of a rate of rare events
  return [
    ...figureNames.map((name) => {
      const rule: Omit<LimitOptions, "falseAlarms"> = figureRules[name];
      const options = { ...rule, falseAlarms, chance: rule.scale === "root" ? chance : null };
      const series = judged(name, enough ? facts.figures[name] : null, figuresOf(baseline, name), options);
      return name === "missedRate" ? upward(series) : series;
    }),
    judged("labelDelay", labelDelay, baseline.delayRatios, { ...delayRule, falseAlarms }),
    upward(judged("domainAuc", domainAuc, baseline.domainAucs, { ...aucRule, falseAlarms: falseTogether })),
    upward(judged("pcaError", pcaError, baseline.pcaErrors, { ...pcaRule, falseAlarms: falseTogether })),
  ];
}

function figuresOf({ figures }: DriftBaseline, name: FigureName): (number | null)[] {
  return figures.map((each) => each[name]);
}

function judged(
  name: SeriesName,
  value: number | null,
  before: readonly (number | null)[],
  options: LimitOptions,
): SeriesAssessment {
  const limits = controlLimits(before, options);
  if (value === null || limits === null) return { name, value, limits, outside: null, shift: null };
  const outside = value > limits.upper ? "above" : value < limits.lower ? "below" : null;
  return { name, value, limits, outside, shift: toScale(value, options.scale) - limits.mean };
}

/** Of what is only bad when it rises: a window closer to the usual than usual, fewer frauds missed. */
function upward(series: SeriesAssessment): SeriesAssessment {
  return series.outside === "below" ? { ...series, outside: null } : series;
}

type Feature = {
  readonly own: FeatureReference;
  readonly counts: WindowCounts;
  readonly chance: ChanceDrift | null;
  readonly quality: QualityShares | null;
};

function assessFeatures(
  facts: WindowFacts,
  { reference, baseline }: { readonly reference: WatchedReference; readonly baseline: DriftBaseline },
  options: AssessOptions & { readonly enough: boolean },
): Pick<WindowAssessment, "features" | "score"> {
  const all = reference.features.map(
    (own, at): Feature => ({
      own,
      counts: facts.features[at] ?? { counts: [], missing: 0, unseen: 0, outside: 0 },
      chance: baseline.chance[at] ?? null,
      quality: baseline.quality[at] ?? null,
    }),
  );
  const first = all.map((feature) => assessFeature(feature, facts.rows, options));
  const known = first.flatMap(({ p }, at) =>
    p === null || options.skip.has(all[at]?.own.name ?? "") ? [] : { p, at },
  );
  const adjusted = new Map(benjaminiHochberg(known.map(({ p }) => p)).map((q, i) => [known[i]?.at, q]));
  const score = { own: reference.score, counts: facts.score, chance: baseline.scoreChance, quality: null };
  const ofScore = assessFeature(score, facts.rows, options);
  return {
    features: first.map((feature, at) => withQ(feature, adjusted.get(at) ?? null, options)),
    score: withQ(ofScore, ofScore.p, options),
  };
}

type FirstLook = { readonly assessment: FeatureAssessment; readonly p: number | null };

function assessFeature(
  { own, counts, chance, quality }: Feature,
  rows: number,
  { enough, falseFeatures, leastPsi }: AssessOptions & { readonly enough: boolean },
): FirstLook {
  const share = (count: number): number | null => (rows === 0 ? null : count / rows);
  const sizes = { rows: total(counts.counts), referenceRows: total(own.counts) };
  const judge = enough && counts.counts.length === own.counts.length;
  const drift = judge ? binnedDrift(own.counts, counts.counts) : null;
  const isKnown = drift !== null && chance !== null;
  const assessment = {
    name: own.name,
    rows,
    counts: counts.counts,
    missing: share(counts.missing),
    unseen: share(counts.unseen),
    outside: share(counts.outside),
    drift,
    q: null,
    limit: isKnown ? Math.max(leastPsi, chanceLimit(falseFeatures, sizes, chance)) : null,
    moved: false,
    quality: enough && quality !== null ? qualityChange(counts, rows, quality) : null,
  };
  return { assessment, p: isKnown ? chanceOf({ psi: drift.psi, ...sizes }, chance) : null };
}

function withQ(
  { assessment }: FirstLook,
  q: number | null,
  { falseFeatures }: AssessOptions,
): FeatureAssessment {
  const { drift, limit } = assessment;
  const moved = q !== null && q <= falseFeatures && drift !== null && limit !== null && drift.psi > limit;
  return { ...assessment, q, moved };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
