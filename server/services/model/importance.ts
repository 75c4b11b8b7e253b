import { z } from "zod";

/** How much one feature matters to a model; null where it was not measured, or the family has no such figure. */
export type FeatureImportance = {
  /** average precision lost when the feature's values are shuffled, mean over repetitions */
  readonly permutation: number | null;
  /** standard deviation over the repetitions */
  readonly permutationDeviation: number | null;
  /** mean size of its contribution to the log-odds */
  readonly meanContribution: number | null;
  /** share of the gain of all splits */
  readonly gainShare: number | null;
};

const figure = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

const Features = z.array(
  z.object({
    feature: z.string(),
    permutation: z.object({ mean: z.number(), deviation: z.number() }).nullish(),
    meanAbsoluteContribution: figure,
    gainShare: figure,
  }),
);

const Stored = z.object({ features: Features });

/** The importance stored with an artefact, by feature; empty where a version came without. */
export function importanceByName(stored: unknown): ReadonlyMap<string, FeatureImportance> {
  const read = Stored.safeParse(stored);
  if (!read.success) return new Map();
  return new Map(
    read.data.features.map(({ feature, permutation, meanAbsoluteContribution, gainShare }) => [
      feature,
      {
        permutation: permutation?.mean ?? null,
        permutationDeviation: permutation?.deviation ?? null,
        meanContribution: meanAbsoluteContribution,
        gainShare,
      },
    ]),
  );
}
