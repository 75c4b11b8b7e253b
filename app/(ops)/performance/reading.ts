import { count, percent, plural } from "#app/format/number.ts";
import { day, dayShort } from "#app/format/time.ts";
import type { OperatingPoint, Performance, Period, RowCounts, WindowView } from "./types.ts";

type Interval = { readonly lower: number; readonly upper: number };

/** "71.0 % (66.2 to 75.4)"; "–" when undefined. */
export function share(value: number | null, interval: Interval | null): string {
  if (value === null) return "–";
  if (interval === null) return percent(value);
  return `${percent(value)} (${(interval.lower * 100).toFixed(1)} to ${(interval.upper * 100).toFixed(1)})`;
}

/** First and last day of the window: "21 Sept – 20 Oct 2026". */
export function windowWords({ from, to }: Pick<WindowView, "from" | "to">): string {
  const last = new Date(new Date(to).getTime() - 1);
  const isOneYear = new Date(from).getUTCFullYear() === last.getUTCFullYear();
  return `${isOneYear ? dayShort(from) : day(from)} – ${day(last)}`;
}

/** What the page shows now, in one line. */
export function performanceReading({ counts, floor, served, window }: Performance): string {
  const span = windowWords(window);
  if (!floor.met) {
    return `Not enough data yet: ${count(counts.fraud)} of ${floor.needed} labelled frauds, ${span}`;
  }
  const labels = window.basis === "mature" ? "mature labels" : "all labels so far";
  return `Recall ${share(served.recall, served.recallInterval)} on ${labels}: ${plural(counts.fraud, "fraud")}, ${span}`;
}

/** The finding at the threshold, as the curve's title. */
export function pointReading(point: OperatingPoint): string {
  const precision =
    point.precision === null ? "no alert is raised" : `${percent(point.precision)} of alerts are right`;
  return `From a score of ${scoreText(point.threshold)}, ${percent(point.recall)} of frauds are caught and ${precision}`;
}

/** The point whose alerts, all reviewed, cost least; of equals the one with the fewest. Null without points. */
export function cheapestPoint(points: readonly OperatingPoint[]): OperatingPoint | null {
  return points.reduce<OperatingPoint | null>(
    (best, point) => (best === null || point.costMinor < best.costMinor ? point : best),
    null,
  );
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

type Hits = { hits: number; of: number };

/**
 * How a rate of the policy's alerts moved from the first to the second half of the periods: told as a change only
 * where it is more than the 95 % noise of the two halves.
 */
export function trendWords(periods: readonly Period[], name: "recall" | "precision"): string {
  const word = name === "recall" ? "Recall" : "Precision";
  const known = periods.map((period) => hitsOf(period, name)).filter((hits) => hits.of > 0);
  if (known.length < 4) return `${word} of the policy's alerts, with 95 % intervals`;
  const middle = Math.floor(known.length / 2);
  const [before, after] = [sumOf(known.slice(0, middle)), sumOf(known.slice(middle))];
  const [then, now] = [before.hits / before.of, after.hits / after.of];
  const noise = 1.96 * Math.sqrt(variance(before) + variance(after));
  if (Math.abs(now - then) <= noise) {
    return `${word} held at ${percent((before.hits + after.hits) / (before.of + after.of))} over the window`;
  }
  return `${word} ${now < then ? "fell" : "rose"} from ${percent(then)} in the first half to ${percent(now)} in the second`;
}

function hitsOf({ served: { tp, fp, fn } }: Period, name: "recall" | "precision"): Hits {
  return { hits: tp, of: name === "recall" ? tp + fn : tp + fp };
}

function sumOf(parts: readonly Hits[]): Hits {
  return parts.reduce((sum, part) => ({ hits: sum.hits + part.hits, of: sum.of + part.of }), {
    hits: 0,
    of: 0,
  });
}

function variance({ hits, of }: Hits): number {
  const rate = hits / of;
  return (rate * (1 - rate)) / of;
}
