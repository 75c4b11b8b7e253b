import type { AlertRuleBody, SeriesPoint } from "./alert.ts";
import { DAY_MS } from "./day.ts";

const WEEK_MS = 7 * DAY_MS;

/** firing: beyond the limit in every window asked for. calm: the newest window is within it. unknown: cannot be judged. */
export type Judgement =
  | { readonly state: "firing"; readonly points: readonly SeriesPoint[]; readonly limit: number | null }
  | { readonly state: "calm" | "unknown" };

type Condition = Pick<AlertRuleBody, "kind" | "direction" | "limit" | "windows" | "leastSample">;

/**
 * Judges the newest windows of a series, oldest first. A value counts as beyond a limit only when its whole interval
 * is, so that small samples raise nothing; one without an interval counts as it is.
 */
export function judge(rule: Condition, series: readonly SeriesPoint[]): Judgement {
  const points = series.slice(-rule.windows);
  if (points.length < rule.windows) return { state: "unknown" };
  const verdicts = points.map((point) => isBeyond(rule, point, series));
  if (verdicts.every((verdict) => verdict === true)) {
    return { state: "firing", points, limit: limitAt(rule, points.at(-1), series) };
  }
  const newest = verdicts.at(-1);
  return { state: newest === false ? "calm" : "unknown" };
}

/** Null where the window cannot be judged. */
function isBeyond(rule: Condition, point: SeriesPoint, series: readonly SeriesPoint[]): boolean | null {
  if (rule.kind === "absence") return point.sample === 0;
  if (point.value === null || point.sample < rule.leastSample) return null;
  const limit = limitAt(rule, point, series);
  if (limit === null) return null;
  return rule.direction === "above"
    ? (point.lower ?? point.value) > limit
    : (point.upper ?? point.value) < limit;
}

/** The limit on the series' own scale; null where a change has nothing to be compared with. */
function limitAt(
  { kind, direction, limit, leastSample }: Condition,
  point: SeriesPoint | undefined,
  series: readonly SeriesPoint[],
): number | null {
  if (kind === "threshold") return limit;
  if (kind === "absence" || point === undefined) return null;
  const before = weekBefore(point, series);
  if (before === undefined || before.value === null || before.value <= 0 || before.sample < leastSample) {
    return null;
  }
  // the end of its interval that makes the change smaller, so that a chance low is not a later rise
  const from = direction === "above" ? (before.upper ?? before.value) : (before.lower ?? before.value);
  return from * (direction === "above" ? 1 + limit : 1 - limit);
}

function weekBefore(point: SeriesPoint, series: readonly SeriesPoint[]): SeriesPoint | undefined {
  const at = Date.parse(point.at) - WEEK_MS;
  return series.find((other) => Date.parse(other.at) === at);
}
