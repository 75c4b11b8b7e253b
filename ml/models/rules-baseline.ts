import type { FitContext, FittedModel, ModelFamily, TrainingRows } from "./model.ts";
import { type RuleCut, type RuleSubject, rules } from "./rules-of-thumb.ts";

export type RulesOptions = { readonly scale: number };

/** Adds up to `points` to the margin, in proportion between `from` (none) and `to` (all). */
type RuleTerm = {
  readonly feature: number;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
};

type Json = {
  readonly family: "rules";
  readonly version: 1;
  readonly width: number;
  readonly base: number;
  readonly terms: readonly RuleTerm[];
};

/**
 * The baseline an analyst would write down: fixed points per rule of thumb (`rules-of-thumb.ts`) on top of the
 * log-odds of fraud. Learns no points; only cuts like "among the largest 1 % of amounts" come from the training slice.
 */
export const rulesFamily: ModelFamily<RulesOptions> = {
  family: "rules",
  defaults: { scale: 1 },
  async fit(training, _validation, options, context) {
    return fromJson({
      family: "rules",
      version: 1,
      width: training.width,
      base: logOdds(training),
      terms: subjectsOf(context).flatMap((subject, feature) =>
        rules
          .filter((rule) => rule.appliesTo(subject))
          .map((rule) => ({
            feature,
            rule: rule.id,
            from: cutValue(rule.from, training, feature),
            to: cutValue(rule.to, training, feature),
            points: rule.points * options.scale,
          }))
          .filter((term) => term.from !== term.to),
      ),
    });
  },
  load(json) {
    const { family, version } = json as Partial<Json>;
    if (family !== "rules" || version !== 1) {
      throw new RangeError(`not a rules baseline of version 1: ${family} ${version}`);
    }
    return fromJson(json as Json);
  },
};

function subjectsOf(context: FitContext): readonly RuleSubject[] {
  return (
    context.definitions ??
    context.featureNames.map((name) => ({
      name,
      entity: null,
      aggregate: name,
      window: null,
      unit: "number",
    }))
  );
}

function logOdds({ labels, rows }: TrainingRows): number {
  let frauds = 0;
  for (const label of labels) frauds += label;
  return Math.log((frauds + 0.5) / (rows - frauds + 0.5));
}

/** A fixed value, or a quantile (lower) of the training slice; 0 where the feature has no values. */
function cutValue(cut: RuleCut, training: TrainingRows, feature: number): number {
  if ("value" in cut) return cut.value;
  const values: number[] = [];
  for (let row = 0; row < training.rows; row++) {
    const value = training.features[row * training.width + feature] as number;
    if (Number.isFinite(value)) values.push(value);
  }
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(cut.quantile * (sorted.length - 1))] ?? 0;
}

function fromJson(json: Json): FittedModel {
  const { terms, base, width } = json;
  if (terms.some((term) => term.feature >= width))
    throw new RangeError("a rule names a feature that is not there");
  return {
    family: "rules",
    width,
    margins(features, rows, out) {
      for (let row = 0; row < rows; row++) {
        let margin = base;
        for (const term of terms) margin += pointsFor(term, features[row * width + term.feature] as number);
        out[row] = margin;
      }
    },
    contributions(row, out) {
      out.fill(0);
      for (const term of terms) {
        out[term.feature] = (out[term.feature] as number) + pointsFor(term, row[term.feature] as number);
      }
      return base;
    },
    toJSON: () => json,
  };
}

/** A missing value earns no points. */
function pointsFor({ from, to, points }: RuleTerm, value: number): number {
  const share = (value - from) / (to - from);
  return share > 0 ? points * Math.min(1, share) : 0;
}
