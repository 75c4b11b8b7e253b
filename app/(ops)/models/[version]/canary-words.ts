import { count, percent, plural } from "#app/format/number.ts";
import type { Tone } from "#app/ui/badge.tsx";
import type { CanaryEnd } from "#server/domain/canary.ts";
import { shareOfCustomers } from "#server/domain/canary-share.ts";
import type { Canary } from "../types.ts";

type Check = Canary["checks"][number];

/** What is shown of an arm in a table of measures. */
export const measureWords: Record<Check["name"], { readonly name: string; readonly what: string }> = {
  failed: { name: "Without a score", what: "of payments" },
  errors: { name: "With an error", what: "of payments, rules that failed among them" },
  reviewed: { name: "Sent to review", what: "of payments" },
  declined: { name: "Declined", what: "of payments" },
  latency: { name: "Slow scores", what: "of payments scored in longer than the limit" },
};

export const endLook: Record<
  CanaryEnd,
  { readonly word: string; readonly tone: Tone; readonly shape: string }
> = {
  stopped: { word: "stopped", tone: "neutral", shape: "–" },
  promoted: { word: "promoted", tone: "approve", shape: "●" },
  broken: { word: "stopped by a guardrail", tone: "decline", shape: "✕" },
  superseded: { word: "overtaken", tone: "neutral", shape: "–" },
};

/** What the card says now, in a sentence. */
export function canaryReading(number: number, canary: Canary | null): string {
  if (canary === null)
    return `Version ${number} decides nothing yet. A canary lets it decide for a share of customers, always the same ones, while guardrails compare them with the others.`;
  if (canary.ended !== null) return `Version ${number} decided for ${shareOfCustomers(canary.share)}.`;
  const { canary: own, champion } = canary.arms;
  const decided = `Version ${number} decides for ${shareOfCustomers(canary.share)}: ${plural(own.payments, "payment")}, against ${count(champion.payments)} by version ${canary.championNumber}`;
  const broken = canary.checks.filter(({ passed }) => passed === false).length;
  if (broken > 0) return `${decided}; ${plural(broken, "guardrail")} broken.`;
  const told = canary.checks.filter(({ passed }) => passed !== null).length;
  if (told === 0) return `${decided}. Too few to judge yet.`;
  return `${decided}. No guardrail is broken.`;
}

/** "2.1 % (1.4 % to 2.9 %)"; "–" where nothing was counted. */
export function armWords({ share, interval }: Check["canary"]): string {
  if (share === null) return "–";
  const digits = share < 0.01 ? 2 : 1;
  if (interval === null) return percent(share, digits);
  return `${percent(share, digits)} (${percent(interval.lower, digits)} to ${percent(interval.upper, digits)})`;
}

export function checkLook(passed: boolean | null): {
  readonly word: string;
  readonly tone: Tone;
  readonly shape: string;
} {
  if (passed === null) return { word: "too early", tone: "neutral", shape: "○" };
  return passed
    ? { word: "holds", tone: "approve", shape: "✓" }
    : { word: "broken", tone: "decline", shape: "✕" };
}
