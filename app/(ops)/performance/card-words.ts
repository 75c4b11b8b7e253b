import { count, percent } from "#app/format/number.ts";
import type { CardPrecision } from "./types.ts";

const usual = [10, 20, 50, 100, 200, 500, 1_000];

/** How many cards a day were worth checking, and the most that could have been. */
export function cardReading({ k, mean, interval, days }: CardPrecision): string {
  const reachable = days.reduce((sum, day) => sum + day.reachable, 0) / Math.max(1, days.length);
  const range =
    interval === null
      ? ""
      : ` (${(interval.lower * 100).toFixed(1)} to ${(interval.upper * 100).toFixed(1)})`;
  return `Of ${count(k)} cards checked a day ${percent(mean)}${range} were compromised; ${percent(reachable)} could have been`;
}

/** What to make of the figures of each day. */
export function cardNote({ perfectMean }: CardPrecision): string {
  const rule =
    "By payment day, known payments only: the cards with the highest scores are checked, and a card found compromised is out on later days. Band: 95 % Wilson interval of the day's checks.";
  if (perfectMean === null) return rule;
  return `${rule} A perfect ranking from the first day on, which leaves less for later days, would have had ${percent(perfectMean)}.`;
}

/** Numbers of checks to choose from: the policy's, the usual ones, and the one asked for. */
export function checkOptions(
  { capacityPerDay }: CardPrecision,
  asked: number | null,
): { value: string; label: string }[] {
  const numbers = [...new Set([...usual, ...(asked === null ? [] : [asked])])].sort((a, b) => a - b);
  return [
    { value: "policy", label: `${count(capacityPerDay)} a day, by policy` },
    ...numbers.map((number) => ({ value: String(number), label: `${count(number)} a day` })),
  ];
}
