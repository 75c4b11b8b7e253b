import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { DriftAlert } from "#ml/monitoring/drift-alerts.ts";
import { type DriftKind, driftKinds } from "#ml/simulation/drift.ts";
import type { WatchAnswer } from "./watch-world.ts";

export type DriftResult = {
  /** share of weeks without drift in which an alert was raised that did not stand the week before */
  readonly falseAlarmsPerWeek: number;
  /** weeks from the drift's first until an alert stands: the median over worlds, null where most found none */
  readonly windowsToDetect: Readonly<Record<DriftKind, number | null>>;
};

/** What the watched worlds say of the alerts. */
export function driftResult(answers: readonly WatchAnswer[]): DriftResult {
  const calm = answers.filter(({ drift }) => drift === null);
  const weeks = calm.reduce((sum, answer) => sum + answer.weeks, 0);
  const raised = calm.reduce((sum, answer) => sum + weeksRaised(answer), 0);
  return {
    falseAlarmsPerWeek: weeks === 0 ? 0 : raised / weeks,
    windowsToDetect: Object.fromEntries(
      driftKinds.map((kind) => [kind, median(detections(answers, kind))]),
    ) as Record<DriftKind, number | null>,
  };
}

/** The same for a person, as a Markdown table. */
export function driftTable(answers: readonly WatchAnswer[]): string {
  const { falseAlarmsPerWeek, windowsToDetect } = driftResult(answers);
  const calm = answers.filter(({ drift }) => drift === null);
  const weeks = calm.reduce((sum, answer) => sum + answer.weeks, 0);
  const standing = calm.flatMap(({ alerts }) => alerts).filter((alerts) => alerts.length > 0).length;
  const interval = wilsonInterval(Math.round(falseAlarmsPerWeek * weeks), weeks);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const range = interval === null ? "" : ` (${percent(interval.lower)} to ${percent(interval.upper)})`;
  return [
    "| world | weeks until an alert: median | each world | first alert, by world |",
    "|---|---|---|---|",
    ...driftKinds.map((kind) => {
      const own = answers.filter(({ drift }) => drift === kind);
      const each = detections(answers, kind).map((found) => found ?? "–");
      return `| ${kind} | ${windowsToDetect[kind] ?? "–"} | ${each.join(", ")} | ${own.map(firstAlert).join(" · ")} |`;
    }),
    "",
    `Without drift: an alert raised in ${percent(falseAlarmsPerWeek)} of ${weeks} weeks${range}; one stood in ${percent(standing / Math.max(1, weeks))}. Raised: ${falseAlarms(calm)}.`,
  ].join("\n");
}

/** Names of the alerts raised in each week that did not stand the week before. */
function raisedIn({ alerts }: WatchAnswer): string[][] {
  return alerts.map((now, week) => {
    const before = new Set((alerts[week - 1] ?? []).map(nameOf));
    return now.map(nameOf).filter((name) => !before.has(name));
  });
}

function weeksRaised(answer: WatchAnswer): number {
  return raisedIn(answer).filter((names) => names.length > 0).length;
}

function falseAlarms(calm: readonly WatchAnswer[]): string {
  const byName = Map.groupBy(calm.flatMap(raisedIn).flat(), (name) => name);
  return [...byName].map(([name, own]) => `${name} ${own.length}`).join(", ") || "none";
}

function detections(answers: readonly WatchAnswer[], kind: DriftKind): (number | null)[] {
  return answers
    .filter(({ drift }) => drift === kind)
    .map(({ alerts }) => {
      const week = alerts.findIndex((standing) => standing.length > 0);
      return week < 0 ? null : week + 1;
    });
}

/** Of those found and not, the not found counting as latest. */
function median(found: readonly (number | null)[]): number | null {
  const sorted = found.map((weeks) => weeks ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined || middle === Number.POSITIVE_INFINITY ? null : middle;
}

function firstAlert({ alerts }: WatchAnswer): string {
  const [first] = alerts.find((standing) => standing.length > 0) ?? [];
  return first === undefined ? "none" : nameOf(first);
}

function nameOf({ kind, subject }: DriftAlert): string {
  return `${kind} ${subject}`;
}
