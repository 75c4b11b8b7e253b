import { money, moneyShort } from "#app/format/money.ts";
import { count, percent, plural } from "#app/format/number.ts";
import { scoreText, windowWords } from "../performance/reading.ts";
import { estimateText, intervalText } from "./simulation-reading.ts";
import type { Action, Certainty, Costs, Strategy } from "./types.ts";

const actionWords: Readonly<Record<Action, string>> = { review: "Reviewing", decline: "Declining" };

/** The cheaper of the two ways to act above a threshold. */
export function betterAction({ optimum }: Costs): Action {
  return optimum.review.costMinor <= optimum.decline.costMinor ? "review" : "decline";
}

export function strategyOf(view: Costs, key: Strategy["key"]): Strategy | undefined {
  return view.strategies.find((strategy) => strategy.key === key);
}

/** What the page shows now, in one line. */
export function costsReading(view: Costs): string {
  const span = windowWords(view.window);
  if (!view.floor.met) {
    return `Not enough data yet: ${count(view.counts.fraud)} of ${view.floor.needed} labelled frauds in ${view.currency}, ${span}`;
  }
  const served = strategyOf(view, "served");
  if (served === undefined) return span;
  const saved = served.savedMinor;
  const verdict =
    saved >= 0
      ? `${moneyShort(saved, view.currency)} less than approving everything`
      : `${moneyShort(-saved, view.currency)} more than approving everything`;
  return `The decisions as served cost ${moneyShort(served.totalMinor, view.currency)}, ${verdict}; ${span}`;
}

/** The finding of the curve, as its title. */
export function optimumReading(view: Costs): string {
  const action = betterAction(view);
  const best = view.optimum[action];
  const approveAll = strategyOf(view, "approve_all")?.totalMinor ?? 0;
  if (best.threshold === null) {
    return "No threshold pays: approving everything costs least by the policy's figures";
  }
  const saved = approveAll === 0 ? null : (approveAll - best.costMinor) / approveAll;
  return `${actionWords[action]} from a score of ${scoreText(best.threshold)} costs least: ${moneyShort(best.costMinor, view.currency)}, ${percent(saved)} under approving everything`;
}

/** How sure the optimum is, and where moving the threshold hardly matters. */
export function certaintyReading(view: Costs): string {
  const action = betterAction(view);
  const [{ flat }, interval] = [view.optimum[action], view.interval[action]];
  const words: string[] = [];
  if (interval !== null) {
    words.push(
      `The optimum lies between ${scoreText(interval.lower)} and ${scoreText(interval.upper)} (95 %, customers resampled).`,
    );
  }
  if (flat !== null && flat.from !== flat.to) {
    words.push(`The cost is flat from ${scoreText(flat.from)} to ${scoreText(flat.to)}: at most 2 % more.`);
  }
  return words.join(" ");
}

const FLAT_SHARE = 0.02;

/** What the policy in force would have cost, beside the best single threshold; called flat where nobody can tell. */
export function policyReading(view: Costs, certainty: Certainty | null): string {
  const policy = strategyOf(view, "policy");
  if (policy === undefined) return "";
  const action = betterAction(view);
  const sure = certainty?.strategies.find(({ key }) => key === "policy")?.cost.interval ?? null;
  const paired = certainty?.policyOverBest[action].interval ?? null;
  const difference = policy.totalMinor - view.optimum[action].costMinor;
  const against = `${moneyShort(Math.abs(difference), view.currency)} ${difference <= 0 ? "less" : "more"} than the best threshold`;
  const cannotTell = paired !== null && paired.lower <= 0 && paired.upper >= 0;
  const isFlat = cannotTell || Math.abs(difference) <= FLAT_SHARE * policy.totalMinor;
  const pair = paired === null ? "" : ` (difference ${intervalText(paired, view.currency)})`;
  return `The policy in force would have cost ${estimateText({ minor: policy.totalMinor, interval: sure }, view.currency)}, ${against}${pair}${isFlat ? ": flat, these payments can hardly tell the two apart" : ""}.`;
}

/** The policy's figures in words, so that nobody has to guess what a cost is made of. */
export function figuresWords({ cost, currency }: Costs): string[] {
  return [
    `A fraud let through costs ${percent(cost.lossRate, 0)} of its amount and a fee of ${money(cost.chargebackFeeMinor, currency)}`,
    `declining a good payment costs ${percent(cost.marginRate, 0)} of its amount and ${money(cost.frictionCostMinor, currency)}`,
    `a review costs ${money(cost.reviewCostMinor, currency)}, misses ${percent(cost.missRate, 0)} of frauds and delays a good payment at ${money(cost.delayCostMinor, currency)}`,
  ];
}

/** A strategy as a person says it. */
export function strategyWords(strategy: Strategy, view: Costs): { name: string; what: string } {
  const at = (action: Action): string => {
    const { threshold } = view.optimum[action];
    return threshold === null ? "never" : `from ${scoreText(threshold)}`;
  };
  switch (strategy.key) {
    case "served":
      return { name: "Decisions as served", what: servedWords(strategy) };
    case "policy":
      return { name: "Policy in force today", what: servedWords(strategy) };
    case "best_review":
      return { name: "Best review threshold", what: `review ${at("review")}, approve below` };
    case "best_decline":
      return { name: "Best decline threshold", what: `decline ${at("decline")}, approve below` };
    case "approve_all":
      return { name: "Approve everything", what: "no model needed" };
    case "review_all":
      return { name: "Review everything", what: "no model needed" };
    case "decline_all":
      return { name: "Decline everything", what: "no model needed" };
  }
}

function servedWords({ reviewed, declined }: Strategy): string {
  return `${plural(reviewed, "review")}, ${plural(declined, "decline")}`;
}

/** What is not in the figures: money of other currencies. */
export function othersReading({ rowsOfOthers, currency }: Costs): string | null {
  if (rowsOfOthers === 0) return null;
  return `${plural(rowsOfOthers, "payment")} of the window ${rowsOfOthers === 1 ? "is" : "are"} in other currencies than ${currency} and not in these figures: money of different currencies is never added.`;
}
