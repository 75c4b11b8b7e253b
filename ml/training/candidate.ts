import {
  type AvailableFamily,
  type FamilyOptions,
  familyOptions,
  type MemberFamily,
} from "#ml/models/families.ts";
import { DEFAULT_VARIANT, variantsOf } from "#ml/models/family-variants.ts";
import { type ImbalanceMethod, methodsFor, optionsFor } from "./imbalance-method.ts";
import type { Slice } from "./time-split.ts";
import type { TrainOptions } from "./train-options.ts";

/** One configuration of a family that a run tries. */
export type Candidate<F extends MemberFamily = MemberFamily> = {
  readonly family: F;
  readonly variant: string;
  readonly imbalance: ImbalanceMethod;
  /** Options of the fit, those of the variant and the method included. */
  readonly options: FamilyOptions[F];
};

/** How a candidate did on the folds; kept with the model version, so that the choice can be followed. */
export type CandidateReport = {
  readonly family: AvailableFamily;
  readonly variant: string;
  /** Null for an ensemble, whose members have their own. */
  readonly imbalance: ImbalanceMethod | null;
  /** Mean over the folds it was fitted on, at the number of steps best over those. */
  readonly validationAveragePrecision: number | null;
  readonly foldAveragePrecision: readonly (number | null)[];
  /** It was clearly behind and left the race before the last fold. */
  readonly dropped: boolean;
  /** The configuration its family went on with. */
  readonly chosen: boolean;
};

/** The family's variants under the first method that suits it: what is compared first. */
export function variantCandidates<F extends MemberFamily>(
  family: F,
  slice: Slice,
  options: TrainOptions,
): Candidate<F>[] {
  const [imbalance = "none"] = methodsFor(family, options.imbalanceMethods, slice, options.imbalance);
  const own = familyOptions(family, changesOf(family, options));
  const named = [
    { name: DEFAULT_VARIANT, options: {} },
    ...(options.search === "on" ? variantsOf(family) : []),
  ];
  return named.map((variant) => ({
    family,
    variant: variant.name,
    imbalance,
    options: optionsFor(imbalance, { ...own, ...variant.options }),
  }));
}

/** The best variant under the other methods: what is compared next. */
export function methodCandidates<F extends MemberFamily>(
  best: Candidate<F>,
  slice: Slice,
  options: TrainOptions,
): Candidate<F>[] {
  const [, ...others] = methodsFor(best.family, options.imbalanceMethods, slice, options.imbalance);
  const variant = variantsOf(best.family).find(({ name }) => name === best.variant);
  const own = familyOptions(best.family, changesOf(best.family, options));
  return others.map((imbalance) => ({
    ...best,
    imbalance,
    options: optionsFor(imbalance, { ...own, ...variant?.options }),
  }));
}

/** Most candidates that `variantCandidates` and `methodCandidates` can give for a family. */
export function candidateCount(family: MemberFamily, slice: Slice, options: TrainOptions): number {
  const methods = methodsFor(family, options.imbalanceMethods, slice, options.imbalance);
  return (options.search === "on" ? variantsOf(family).length : 0) + methods.length;
}

/** What to call a candidate in a line of progress; nothing for the only one there is. */
export function nameOf({ variant, imbalance }: Pick<Candidate, "variant" | "imbalance">): string {
  return `${variant}, ${imbalance.replaceAll("_", " ")}`;
}

function changesOf<F extends MemberFamily>(
  family: F,
  { familyOptions: changes }: TrainOptions,
): Partial<FamilyOptions[F]> {
  const own: { readonly [G in MemberFamily]?: Partial<FamilyOptions[G]> } = changes;
  return own[family] ?? {};
}
