export type ExperimentDraft = {
  readonly families: readonly string[];
  readonly methods: readonly string[];
  readonly trials: string;
  readonly minutes: string;
  readonly seed: string;
};

/** What keeps a draft from being started, as a sentence; null when nothing does. */
export function problemOf({ families, methods, trials, minutes, seed }: ExperimentDraft): string | null {
  if (families.length === 0) return "Choose at least one family.";
  if (methods.length === 0) return "Choose at least one way to treat rare frauds.";
  if (!isWithin(minutes, 0.1, 300)) return "Minutes are between 0.1 and 300.";
  if (!/^\d+$/.test(trials) || !isWithin(trials, 1, 243)) return "Configurations are between 1 and 243.";
  if (!/^\d{1,9}$/.test(seed)) return "The seed is a whole number of at most 9 digits.";
  return null;
}

function isWithin(text: string, least: number, most: number): boolean {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) >= least && Number(text) <= most;
}
