import { z } from "zod";

/** How much one feature matters to a model; null where it was not measured, or the family has no such figure. */
export type FeatureImportance = {
  /** average precision lost when the feature's values are shuffled among the validation rows */
  readonly permutation: number | null;
  /** mean size of its contribution to the log-odds */
  readonly meanContribution: number | null;
  /** share of the trees' gain */
  readonly gain: number | null;
};

const figure = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

const Stored = z.array(
  z.object({ name: z.string(), permutation: figure, meanContribution: figure, gain: figure }),
);

/** The importance stored with an artefact, by feature; empty where a version came without. */
export function importanceByName(stored: unknown): ReadonlyMap<string, FeatureImportance> {
  const read = Stored.safeParse(stored);
  if (!read.success) return new Map();
  return new Map(read.data.map(({ name, ...importance }) => [name, importance]));
}
