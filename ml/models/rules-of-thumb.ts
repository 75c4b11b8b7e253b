import type { FeatureDefinition } from "#ml/features/feature-set.ts";

/** What a rule looks at: a feature's definition, or its name alone. */
export type RuleSubject = Pick<FeatureDefinition, "name" | "aggregate" | "window" | "unit"> & {
  readonly entity: FeatureDefinition["entity"] | null;
};

/** Where a rule begins or ends to count: a fixed value, or a quantile of the training slice. */
export type RuleCut = { readonly value: number } | { readonly quantile: number };

/** `points` are log-odds at `to` and beyond, none at `from`, in proportion between (`from` may lie above `to`). */
export type RuleOfThumb = {
  readonly id: string;
  readonly points: number;
  readonly from: RuleCut;
  readonly to: RuleCut;
  readonly appliesTo: (subject: RuleSubject) => boolean;
};

const named = (subject: RuleSubject, pattern: RegExp): boolean =>
  pattern.test(subject.aggregate) || pattern.test(subject.name);

const isFraudRate = (subject: RuleSubject): boolean => named(subject, /fraud_rate|fraud_share|_risk_/i);

/** Rules a fraud team starts from before it has a model, most telling first. */
export const rules: readonly RuleOfThumb[] = [
  {
    id: "recent fraud at this party",
    points: 3,
    from: { value: 0.02 },
    to: { value: 0.3 },
    appliesTo: isFraudRate,
  },
  {
    id: "among the largest payments",
    points: 4,
    from: { quantile: 0.99 },
    to: { quantile: 0.9995 },
    appliesTo: (s) => /^amount(_major)?$/.test(s.aggregate) || /^(tx_)?amount$/i.test(s.name),
  },
  {
    id: "far above the usual amount",
    points: 2,
    from: { value: 3 },
    to: { value: 10 },
    appliesTo: (s) => named(s, /amount_(to_mean|deviation)/),
  },
  {
    id: "burst of payments",
    points: 1.5,
    from: { quantile: 0.99 },
    to: { quantile: 0.9999 },
    appliesTo: (s) => s.unit === "count" && (s.window === "10m" || s.window === "1h"),
  },
  {
    id: "impossible travel",
    points: 2,
    from: { value: 500 },
    to: { value: 1000 },
    appliesTo: (s) => s.unit === "km_per_hour",
  },
  {
    id: "never seen together before",
    points: 0.5,
    from: { value: 1 },
    to: { value: 0 },
    appliesTo: (s) => s.unit === "flag" && named(s, /^seen_|_seen_before$|known/),
  },
  {
    id: "at night",
    points: 0.5,
    from: { value: 6 },
    to: { value: 5 },
    appliesTo: (s) => /^hour(_of_day)?$/.test(s.aggregate),
  },
];
