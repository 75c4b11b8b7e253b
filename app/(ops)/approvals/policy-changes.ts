import { amountText } from "#app/format/amount-text.ts";
import { count, percent } from "#app/format/number.ts";
import type { CostModel } from "#server/domain/cost.ts";
import type { Policy } from "#server/domain/policy.ts";

type Line = readonly [name: string, value: (policy: Policy) => string];

const share = (value: number): string => percent(value, 2);
/** Fees are stored in hundredths of whatever currency the payment has. */
const fee = (minor: number): string => (minor / 100).toFixed(2);

const lines: readonly Line[] = [
  ["Name", (p) => p.name],
  ["Decides by", (p) => (p.mode === "cost" ? "least expected cost" : "fixed thresholds")],
  ["Review from", (p) => share(p.reviewThreshold)],
  ["Decline from", (p) => share(p.declineThreshold)],
  ["Loss rate", (p) => share(p.cost.lossRate)],
  ["Chargeback fee", (p) => fee(p.cost.chargebackFeeMinor)],
  ["Margin rate", (p) => share(p.cost.marginRate)],
  ["Friction of a decline", (p) => fee(p.cost.frictionCostMinor)],
  ["Cost of a review", (p) => fee(p.cost.reviewCostMinor)],
  ["Fraud missed in review", (p) => share(p.cost.missRate)],
  ["Cost of a delay", (p) => fee(p.cost.delayCostMinor)],
  ["Figures of their own", (p) => p.segments.map((one) => segmentLine(one, p.cost)).join("; ") || "none"],
  ["Reviews a day", (p) => count(p.reviewCapacityPerDay)],
  ["Analysts", (p) => count(p.analysts)],
  ["Approvals reviewed at random", (p) => share(p.exploration.approveShare)],
  ["Declines reviewed at random", (p) => share(p.exploration.declineShare)],
  ["Approvals reviewed to learn", (p) => share(p.exploration.activeShare)],
  ["Disagreements reviewed", (p) => share(p.exploration.disagreementShare)],
  ["Reviews without the score", (p) => share(p.exploration.maskedShare)],
  ["Labels mature after", (p) => `${count(p.maturityDays)} days`],
];

const figureNames: Readonly<Record<keyof CostModel, string>> = {
  lossRate: "loss rate",
  chargebackFeeMinor: "chargeback fee",
  marginRate: "margin",
  frictionCostMinor: "friction",
  reviewCostMinor: "review",
  missRate: "missed in review",
  delayCostMinor: "delay",
};

/** A segment and what of its figures differs from the policy's. */
function segmentLine({ currency, channel, cost }: Policy["segments"][number], policy: CostModel): string {
  const names = (Object.keys(figureNames) as (keyof CostModel)[]).filter(
    (name) => cost[name] !== policy[name],
  );
  const text = (name: keyof CostModel): string =>
    name.endsWith("Minor") ? amountText(cost[name], currency ?? "EUR") : share(cost[name]);
  const figures = names.map((name) => `${figureNames[name]} ${text(name)}`).join(", ");
  const where = `${currency ?? "any currency"}, ${channel?.replaceAll("_", " ") ?? "any channel"}`;
  return `${where}: ${figures === "" ? "as the policy's" : figures}`;
}

/** The lines of a policy that differ from another's; all of them where there is nothing to compare with. */
export function changedPolicy(
  before: Policy | null,
  after: Policy,
): { name: string; before: string | null; after: string }[] {
  return lines
    .map(([name, value]) => ({ name, before: before === null ? null : value(before), after: value(after) }))
    .filter((line) => line.before !== line.after);
}
