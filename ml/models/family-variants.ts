import type { FamilyOptions, MemberFamily } from "./families.ts";

/** A change to a family's options, named in a word or two. */
export type FamilyVariant<F extends MemberFamily> = {
  readonly name: string;
  readonly options: Partial<FamilyOptions[F]>;
};

/** The variant that every family has: its options as they are. */
export const DEFAULT_VARIANT = "default";

/**
 * What a search tries beside a family's defaults, simplest first: few, far enough apart to matter, and the same for
 * every data set. Where a fit is dear, as a network's is, the time goes into folds and methods instead.
 */
const variants: { readonly [F in MemberFamily]: readonly FamilyVariant<F>[] } = {
  rules: [],
  isolation_forest: [],
  logistic_regression: [{ name: "strong penalty", options: { l2: 30 } }],
  neural_network: [],
  gradient_boosting: [
    { name: "shallow", options: { maxDepth: 3, learningRate: 0.08 } },
    { name: "careful", options: { maxDepth: 4, minChildHessian: 4, l2: 5, columnSample: 0.4 } },
    { name: "deep", options: { maxDepth: 7, minChildHessian: 3, l2: 5, columnSample: 0.5, rowSample: 0.8 } },
  ],
};

/** The variants of a family. */
export function variantsOf<F extends MemberFamily>(family: F): readonly FamilyVariant<F>[] {
  return variants[family];
}
