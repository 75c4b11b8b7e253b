import { count, percent } from "#app/format/number.ts";
import type { CardPrecision } from "./types.ts";

const usual = [10, 20, 50, 100, 200, 500, 1_000];

/** How many cards a day were worth checking, and the most that could have been. */
export function cardReading({ k, mean, interval, days, perfectMean }: CardPrecision): string {
  const reachable = days.reduce((sum, day) => sum + day.reachable, 0) / Math.max(1, days.length);
  const range =
    interval === null
      ? ""
      : ` (${(interval.lower * 100).toFixed(1)} to ${(interval.upper * 100).toFixed(1)})`;
  const perfect = perfectMean === null ? "" : `; a perfect ranking would have had ${percent(perfectMean)}`;
  return `Of ${count(k)} cards checked a day ${percent(mean)}${range} were compromised, of at most ${percent(reachable)}${perfect}`;
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
