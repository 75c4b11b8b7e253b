import type { Rng } from "#ml/math/seeded-random.ts";
import { type FamilyOptions, familyOptions, type MemberFamily } from "#ml/models/families.ts";

/** How an option is drawn: evenly, evenly in its logarithm, as a whole number, or one of some. */
type Draw =
  | { readonly kind: "even" | "log" | "whole"; readonly from: number; readonly to: number }
  | { readonly kind: "one_of"; readonly of: readonly (number | readonly number[])[] };

/** What was drawn of a family's options. */
export type Parameters = Readonly<Record<string, number | readonly number[]>>;

/**
 * What a search draws of each family's options, over the ranges in which the defaults were found: wide enough that a
 * corner can win, narrow enough that few draws are wasted. Sizes that only cost time (trees, members of a network) stay
 * as they are, since early stopping settles them.
 */
const spaces: { readonly [F in MemberFamily]: { readonly [O in keyof FamilyOptions[F]]?: Draw } } = {
  rules: {},
  isolation_forest: {
    trees: { kind: "one_of", of: [50, 100, 200] },
    sample: { kind: "one_of", of: [128, 256, 512, 1024] },
  },
  logistic_regression: {
    l2: { kind: "log", from: 0.1, to: 100 },
    pieces: { kind: "one_of", of: [2, 4, 8, 16] },
  },
  neural_network: {
    hidden: { kind: "one_of", of: [[16], [32, 16], [64, 32]] },
    learningRate: { kind: "log", from: 0.002, to: 0.03 },
    l2: { kind: "log", from: 1e-6, to: 1e-3 },
    dropout: { kind: "one_of", of: [0, 0.1, 0.25] },
    pieces: { kind: "one_of", of: [2, 4, 8] },
  },
  gradient_boosting: {
    learningRate: { kind: "log", from: 0.02, to: 0.2 },
    maxDepth: { kind: "whole", from: 3, to: 8 },
    minChildHessian: { kind: "log", from: 0.5, to: 10 },
    l2: { kind: "log", from: 0.3, to: 10 },
    rowSample: { kind: "even", from: 0.5, to: 1 },
    columnSample: { kind: "even", from: 0.4, to: 1 },
  },
};

/** Whether there is anything to draw of a family: where not, it has one configuration. */
export function isSearchable(family: MemberFamily): boolean {
  return Object.keys(spaces[family]).length > 0;
}

/** One draw of each option that a search changes. */
export function drawParameters(family: MemberFamily, rng: Rng): Parameters {
  const space: Readonly<Record<string, Draw>> = spaces[family];
  return Object.fromEntries(Object.entries(space).map(([name, draw]) => [name, drawn(draw, rng)]));
}

/** What the family's defaults are of the options that a search changes. */
export function defaultParameters(family: MemberFamily): Parameters {
  const defaults: Readonly<Record<string, unknown>> = familyOptions(family);
  return Object.fromEntries(
    Object.keys(spaces[family]).map((name) => [name, defaults[name] as number | readonly number[]]),
  );
}

/** Figures are kept to three digits, so that what is shown is what was tried. */
function drawn(draw: Draw, rng: Rng): number | readonly number[] {
  if (draw.kind === "one_of") return draw.of[rng.integer(draw.of.length)] ?? 0;
  const { kind, from, to } = draw;
  if (kind === "whole") return from + rng.integer(to - from + 1);
  const share = rng.next();
  const value = kind === "log" ? from * (to / from) ** share : from + (to - from) * share;
  return Math.min(to, Math.max(from, Number(value.toPrecision(3))));
}
