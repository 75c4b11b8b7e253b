import { amountOf, amountText } from "#app/format/amount-text.ts";
import { isCurrency } from "#server/domain/money.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";

export type FourEyesSwitch = Exclude<keyof ReviewSettings["fourEyes"], "amountMinor">;

/** The settings as they are typed. */
export type ReviewDraft = {
  readonly claimMinutes: string;
  readonly reasonRequiredFor: ReviewSettings["reasonRequiredFor"];
  /** in per cent */
  readonly secondReviewShare: string;
  readonly amounts: readonly { readonly key: number; readonly currency: string; readonly amount: string }[];
  readonly switches: Readonly<Record<FourEyesSwitch, boolean>>;
};

export function draftOf({ claimMinutes, reasonRequiredFor, ...settings }: ReviewSettings): ReviewDraft {
  const { amountMinor, ...switches } = settings.fourEyes;
  return {
    claimMinutes: String(claimMinutes),
    reasonRequiredFor,
    secondReviewShare: String(Number((settings.secondReviewShare * 100).toFixed(6))),
    amounts: Object.entries(amountMinor).map(([currency, minor], key) => ({
      key,
      currency,
      amount: amountText(minor, currency),
    })),
    switches,
  };
}

export type ReadDraft =
  | { readonly settings: ReviewSettings; readonly errors: null }
  | { readonly settings: null; readonly errors: Readonly<Record<string, string>> };

/** The settings that a draft means, or what is wrong with it by field; amounts by "amount.<key>". */
export function settingsOf(draft: ReviewDraft): ReadDraft {
  const errors: Record<string, string> = {};
  const claimMinutes = wholeNumber(draft.claimMinutes);
  if (claimMinutes === null || claimMinutes < 1 || claimMinutes > 480) {
    errors.claimMinutes = "Between 1 and 480 whole minutes";
  }
  const share = Number(draft.secondReviewShare.trim().replace(",", "."));
  if (draft.secondReviewShare.trim() === "" || !(share >= 0 && share <= 100)) {
    errors.secondReviewShare = "Between 0 and 100 per cent";
  }
  const amountMinor: Record<string, number> = {};
  for (const { key, currency, amount } of draft.amounts) {
    const minor = amountOf(amount, currency);
    if (!isCurrency(currency)) errors[`amount.${key}`] = "A currency such as EUR";
    else if (currency in amountMinor) errors[`amount.${key}`] = `${currency} is named twice`;
    else if (minor === null) errors[`amount.${key}`] = `An amount of ${currency}`;
    else amountMinor[currency] = minor;
  }
  if (Object.keys(errors).length > 0) return { settings: null, errors };
  const settings = ReviewSettings.parse({
    claimMinutes,
    reasonRequiredFor: draft.reasonRequiredFor,
    secondReviewShare: Number((share / 100).toFixed(8)),
    fourEyes: { ...draft.switches, amountMinor },
  });
  return { settings, errors: null };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
