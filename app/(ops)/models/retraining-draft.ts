import { RetrainingSettings } from "#server/domain/retraining-settings.ts";

/** The settings as they are typed. */
export type RetrainingDraft = Omit<RetrainingSettings, "matureLabels" | "leastHoursBetween"> & {
  /** empty: labels alone ask for no training */
  readonly matureLabels: string;
  readonly leastHoursBetween: string;
};

export function draftOf({ matureLabels, leastHoursBetween, ...rest }: RetrainingSettings): RetrainingDraft {
  return {
    ...rest,
    matureLabels: matureLabels === null ? "" : String(matureLabels),
    leastHoursBetween: String(leastHoursBetween),
  };
}

export type DraftErrors = { readonly matureLabels?: string; readonly leastHoursBetween?: string };

/** The settings that a draft means, or null with what is wrong with it by field. */
export function settingsOf(draft: RetrainingDraft): {
  readonly settings: RetrainingSettings | null;
  readonly errors: DraftErrors;
} {
  const matureLabels = draft.matureLabels.trim() === "" ? null : wholeNumber(draft.matureLabels);
  const leastHoursBetween = wholeNumber(draft.leastHoursBetween);
  const errors: DraftErrors = {
    ...(Number.isNaN(matureLabels) || matureLabels === 0
      ? { matureLabels: "A whole number from 1 on, or nothing" }
      : {}),
    ...(leastHoursBetween >= 0 && leastHoursBetween <= 720
      ? {}
      : { leastHoursBetween: "Between 0 and 720 whole hours" }),
  };
  if (Object.keys(errors).length > 0) return { settings: null, errors };
  return { settings: RetrainingSettings.parse({ ...draft, matureLabels, leastHoursBetween }), errors };
}

function wholeNumber(text: string): number {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
