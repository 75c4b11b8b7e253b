import type { CostModel } from "#server/domain/cost.ts";
import type { Policy } from "#server/domain/policy.ts";

/** What each figure is called, and what it means. */
export const figureWords: Readonly<Record<keyof CostModel, { label: string; hint: string }>> = {
  lossRate: { label: "Loss rate, %", hint: "Share of a fraud's amount that is lost" },
  chargebackFeeMinor: { label: "Chargeback fee", hint: "For each fraud let through" },
  marginRate: { label: "Margin, %", hint: "Share of the amount lost by declining a good payment" },
  frictionCostMinor: { label: "Friction of a decline", hint: "For each good payment declined" },
  reviewCostMinor: { label: "Cost of a review", hint: "The analyst's time" },
  missRate: { label: "Missed in review, %", hint: "Share of frauds that a reviewer lets through" },
  delayCostMinor: { label: "Cost of a delay", hint: "For each good payment held for review" },
};

export const shareWords: Readonly<Record<keyof Policy["exploration"], { label: string; hint: string }>> = {
  approveShare: { label: "Approvals reviewed at random, %", hint: "What makes measured recall honest" },
  declineShare: { label: "Declines let through to review, %", hint: "At random; never approved" },
  activeShare: { label: "Approvals at the edge of review, %", hint: "Where the model is least sure" },
  disagreementShare: { label: "Where the challenger disagrees, %", hint: "Of such payments" },
  maskedShare: {
    label: "Other reviews without the score, %",
    hint: "So that nobody can tell which are which",
  },
};

export const channelWords: Readonly<Record<string, string>> = {
  card_present: "card present",
  ecommerce: "e-commerce",
  transfer: "transfer",
  atm: "cash machine",
  other: "other",
};

/** "EUR, cash machine"; "any currency, transfer". */
export function segmentWords({ currency, channel }: Policy["segments"][number]): string {
  const where = channel === null ? "any channel" : (channelWords[channel] ?? channel);
  return `${currency ?? "any currency"}, ${where}`;
}
