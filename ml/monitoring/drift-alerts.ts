import type { FeatureAssessment, SeriesAssessment, SeriesName } from "./assess-window.ts";
import { reachOf } from "./control-limits.ts";

/** What a drift alert is about, most telling first. */
export const driftAlertKinds = ["impact", "labels", "quality", "feature", "multivariate"] as const;
export type DriftAlertKind = (typeof driftAlertKinds)[number];

export type DriftAlert = {
  readonly kind: DriftAlertKind;
  /** a series, a feature, or for quality `feature:missing` and the like */
  readonly subject: string;
  readonly direction: "above" | "below" | null;
};

/** What alerts are raised from. */
export type AlertableWindow = {
  readonly series: readonly SeriesAssessment[];
  readonly features: readonly Pick<FeatureAssessment, "name" | "moved" | "quality">[];
};

export type AlertOptions = {
  /** windows in a row that must show it */
  readonly consecutive: number;
  /** share of the model's importance by feature; null where it is not known, then every feature counts */
  readonly importance: ReadonlyMap<string, number> | null;
  /** share of importance from which a feature alone is worth an alert */
  readonly leastImportance: number;
  /** windows whose mean is judged as one, for small shifts that stay */
  readonly trendWindows: number;
  /** chance of that mean to leave its limits without drift */
  readonly trendFalseAlarms: number;
};

export const alertDefaults = {
  consecutive: 2,
  leastImportance: 0.01,
  trendWindows: 3,
  trendFalseAlarms: 0.004,
} as const;

const kindOf = {
  estimatedCost: "impact",
  estimatedRecall: "impact",
  alertRate: "impact",
  reportedRate: "labels",
  missedRate: "labels",
  labelDelay: "labels",
  domainAuc: "multivariate",
  pcaError: "multivariate",
} as const satisfies Record<SeriesName, DriftAlertKind>;

/**
 * Alerts that stand after the last of these windows (oldest first), most telling first: what each of the last few
 * shows in one direction, and figures whose mean over a few more has moved. Under the floor of rows nothing stands.
 */
export function standingAlerts(windows: readonly AlertableWindow[], options: AlertOptions): DriftAlert[] {
  const last = windows.slice(-options.consecutive);
  if (last.length < options.consecutive) return [];
  const [first, ...rest] = last.map((window) => signalsOf(window, options));
  const keys = rest.map((signals) => new Set(signals.map(keyOf)));
  const repeated = (first ?? []).filter((signal) => keys.every((known) => known.has(keyOf(signal))));
  const alerts = [...repeated, ...trendsOf(windows, options)];
  return [...new Map(alerts.map((alert) => [keyOf(alert), alert])).values()].sort(
    (a, b) => driftAlertKinds.indexOf(a.kind) - driftAlertKinds.indexOf(b.kind),
  );
}

function trendsOf(windows: readonly AlertableWindow[], options: AlertOptions): DriftAlert[] {
  const last = windows.slice(-options.trendWindows);
  if (last.length < options.trendWindows) return [];
  return (last.at(-1)?.series ?? []).flatMap(({ name, limits }, at): DriftAlert[] => {
    const shifts = last.flatMap(({ series }) => series[at]?.shift ?? []);
    if (limits === null || kindOf[name] === "multivariate" || shifts.length < last.length) return [];
    const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
    if (name === "missedRate" && mean < 0) return [];
    if (Math.abs(mean) <= reachOf(limits, options.trendFalseAlarms, last.length)) return [];
    return [{ kind: kindOf[name], subject: name, direction: mean > 0 ? "above" : "below" }];
  });
}

/** What one window alone shows. */
function signalsOf({ series, features }: AlertableWindow, options: AlertOptions): DriftAlert[] {
  const { importance, leastImportance } = options;
  const matters = (name: string): boolean =>
    importance === null || (importance.get(name) ?? 0) >= leastImportance;
  return [
    ...series.flatMap(({ name, outside }) =>
      outside === null ? [] : { kind: kindOf[name], subject: name, direction: outside },
    ),
    ...features.flatMap(({ name, quality }) =>
      quality === null ? [] : { kind: "quality" as const, subject: `${name}:${quality}`, direction: null },
    ),
    ...features.flatMap(({ name, moved }) =>
      moved && matters(name) ? { kind: "feature" as const, subject: name, direction: null } : [],
    ),
  ];
}

function keyOf({ kind, subject, direction }: DriftAlert): string {
  return `${kind} ${subject} ${direction}`;
}
