import { count } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import type { Model, Report } from "./types.ts";
import { familyWords, withInterval } from "./words.ts";

/** The version that decides now; null before the first promotion. */
export function championOf(models: readonly Model[]): Model | null {
  return models.find((model) => model.status === "champion") ?? null;
}

/** The newest version nobody has promoted yet that is newer than the champion. */
export function newestCandidate(models: readonly Model[]): Model | null {
  const champion = championOf(models);
  const candidate = models.find((model) => model.status === "candidate");
  return candidate === undefined || candidate.number < (champion?.number ?? 0) ? null : candidate;
}

/** Where a rollback leads: the champion promoted last before the present one. */
export function championBefore(models: readonly Model[]): Model | null {
  const promotedAt = championOf(models)?.promotedAt ?? null;
  if (promotedAt === null) return null;
  const earlier = models
    .filter(
      (model) => model.status === "retired" && model.promotedAt !== null && model.promotedAt < promotedAt,
    )
    .sort((a, b) => ((a.promotedAt ?? "") < (b.promotedAt ?? "") ? 1 : -1));
  return earlier[0] ?? null;
}

/** What the page shows now, in one line. */
export function modelsReading(models: readonly Model[]): string {
  const champion = championOf(models);
  if (models.length === 0) return "No model has been trained yet";
  if (champion === null) return "No version decides yet: payments go to review until one is promoted";
  const since = champion.promotedAt === null ? "" : ` since ${day(champion.promotedAt)}`;
  const precision = withInterval(champion.averagePrecision, champion.averagePrecisionInterval);
  return `Version ${champion.number}, ${familyWords(champion.family)}, decides${since}; average precision ${precision} on test`;
}

/** The candidate against the champion on the same test payments, in words that respect the interval. */
export function comparisonReading(number: number, report: Report): string {
  const { champion } = report;
  if (champion === null) return report.championNote ?? "There was no champion to compare with.";
  const { difference, differenceInterval } = champion.comparison;
  if (difference === null) return "The test days hold no fraud, so the two can't be compared.";
  const size = `${Math.abs(difference).toFixed(3)} in average precision`;
  if (differenceInterval === null) {
    return `Version ${number} is ${difference >= 0 ? "above" : "below"} version ${champion.number} by ${size}; too few frauds for an interval.`;
  }
  const { lower, upper } = differenceInterval;
  const interval = `95 % interval ${signed(lower)} to ${signed(upper)}`;
  if (lower > 0)
    return `Version ${number} ranks better than version ${champion.number} by ${size} (${interval}).`;
  if (upper < 0)
    return `Version ${number} ranks worse than version ${champion.number} by ${size} (${interval}).`;
  return `No difference beyond chance: version ${number} is ${signed(difference)} against version ${champion.number} (${interval}).`;
}

/** What a promotion would change, in frauds of the test days. */
export function promotionEffect(number: number, report: Report): string[] {
  const comparison = report.champion?.comparison;
  if (comparison === undefined) return [];
  const { champion, candidate } = comparison;
  const lines = [
    `Compared on ${count(candidate.rows)} payments with ${count(candidate.frauds)} frauds that neither learned from.`,
  ];
  const [before, after] = [champion.recallAtFpr01, candidate.recallAtFpr01];
  if (before !== null && after !== null) {
    const [then, now] = [Math.round(before * champion.frauds), Math.round(after * candidate.frauds)];
    lines.push(
      `Stopping 1 good payment in 100, version ${number} finds ${count(now)} of these frauds; the champion finds ${count(then)}.`,
    );
  }
  return lines;
}

export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
