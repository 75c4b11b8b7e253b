/** What a feature is worth to a model, as artefacts hold it. */
export type FeatureWorth = {
  readonly name: string;
  readonly permutation: number | null;
  readonly meanContribution: number | null;
  readonly gain: number | null;
};

/**
 * Share of the model's importance by feature, summing to 1: by mean contribution where it is known, else by gain, else
 * by what permuting costs. Null where nobody asked, or nothing is worth anything.
 */
export function importanceShares(worths: readonly FeatureWorth[]): ReadonlyMap<string, number> | null {
  for (const measure of ["meanContribution", "gain", "permutation"] as const) {
    const values = worths.map((worth) => Math.max(0, worth[measure] ?? 0));
    const total = values.reduce((sum, value) => sum + value, 0);
    if (total > 0) return new Map(worths.map(({ name }, at) => [name, (values[at] ?? 0) / total]));
  }
  return null;
}
