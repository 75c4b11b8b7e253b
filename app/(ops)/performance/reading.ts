import { count, percent, plural } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import type { OperatingPoint, Performance, Period, RowCounts, WindowView } from "./types.ts";

type Interval = { readonly lower: number; readonly upper: number };

/** "71.0 % (66.2 to 75.4)"; "–" when undefined. */
export function share(value: number | null, interval: Interval | null): string {
  if (value === null) return "–";
  if (interval === null) return percent(value);
  return `${percent(value)} (${(interval.lower * 100).toFixed(1)} to ${(interval.upper * 100).toFixed(1)})`;
}

/** First and last day of the window: "21 Sept 2026 – 20 Oct 2026". */
export function windowWords({ from, to }: WindowView): string {
  return `${day(from)} – ${day(new Date(new Date(to).getTime() - 1))}`;
}

/** What the page shows now, in one line. */
export function performanceReading({ counts, floor, served, window }: Performance): string {
  const span = `payments of ${windowWords(window)} (UTC)`;
  if (!floor.met) {
    return `Not enough data yet: ${count(counts.fraud)} of ${floor.needed} labelled frauds among ${span}`;
  }
  const labels = window.basis === "mature" ? "mature labels" : "all labels so far";
  return `The policy caught ${share(served.recall, served.recallInterval)} of ${plural(counts.fraud, "fraud")} on ${labels}, ${span}`;
}

/** The finding at the threshold, as the curve's title. */
export function pointReading(point: OperatingPoint): string {
  const precision =
    point.precision === null ? "no alert is raised" : `${percent(point.precision)} of alerts are right`;
  return `From a score of ${scoreText(point.threshold)}, ${percent(point.recall)} of frauds are caught and ${precision}`;
}

/** Enough digits to tell neighbouring thresholds of a rare class apart. */
export function scoreText(threshold: number): string {
  return threshold < 0.1 || threshold > 0.9 ? threshold.toFixed(4) : threshold.toFixed(3);
}

/** What is not known, and why; empty when everything is. */
export function unknownWords(counts: RowCounts, window: WindowView): string[] {
  const words: string[] = [];
  if (counts.waiting > 0) {
    const reason =
      window.basis === "mature"
        ? `younger than ${window.maturityDays} days: a dispute may still come`
        : `without a label and younger than ${window.maturityDays} days`;
    words.push(`${plural(counts.waiting, "payment")} ${reason}`);
  }
  if (counts.declined > 0) {
    words.push(
      `${plural(counts.declined, "payment")} declined and never labelled: nobody knows what they were`,
    );
  }
  if (counts.unscored > 0)
    words.push(`${plural(counts.unscored, "payment")} without a score, sent to review`);
  return words;
}

type Sums = { caught: number; frauds: number };

/**
 * How a rate moved from the first to the second half of the periods: said as a change only where the intervals of the
 * halves don't overlap.
 */
export function recallTrend(periods: readonly Period[]): string {
  const known = periods.filter((period) => period.served.tp + period.served.fn > 0);
  if (known.length < 4) return "Recall of the policy's alerts, with 95 % intervals";
  const middle = Math.floor(known.length / 2);
  const [before, after] = [sumsOf(known.slice(0, middle)), sumsOf(known.slice(middle))];
  const [then, now] = [before.caught / before.frauds, after.caught / after.frauds];
  const noise = 1.96 * Math.sqrt(variance(before) + variance(after));
  if (Math.abs(now - then) <= noise) {
    return `Recall held at ${percent((before.caught + after.caught) / (before.frauds + after.frauds))} over the window`;
  }
  return `Recall ${now < then ? "fell" : "rose"} from ${percent(then)} in the first half to ${percent(now)} in the second`;
}

function sumsOf(periods: readonly Period[]): Sums {
  return periods.reduce(
    (sum, { served }) => ({ caught: sum.caught + served.tp, frauds: sum.frauds + served.tp + served.fn }),
    { caught: 0, frauds: 0 },
  );
}

function variance({ caught, frauds }: Sums): number {
  const rate = caught / frauds;
  return (rate * (1 - rate)) / frauds;
}
