import type { SeriesName, WindowAssessment } from "./assess-window.ts";

/** What a drift alert is about, most telling first. */
export const driftAlertKinds = ["impact", "labels", "quality", "feature", "multivariate"] as const;
export type DriftAlertKind = (typeof driftAlertKinds)[number];

export type DriftAlert = {
  readonly kind: DriftAlertKind;
  /** a series, a feature, or for quality `feature:missing` and the like */
  readonly subject: string;
  readonly direction: "above" | "below" | null;
};

export type AlertOptions = {
  /** windows in a row that must show it */
  readonly consecutive: number;
  /** share of the model's importance by feature; null where it is not known, then every feature counts */
  readonly importance: ReadonlyMap<string, number> | null;
  /** share of importance from which a feature alone is worth an alert */
  readonly leastImportance: number;
};

export const alertDefaults = { consecutive: 2, leastImportance: 0.01 } as const;

const kindOf = {
  estimatedCost: "impact",
  estimatedRecall: "impact",
  alertRate: "impact",
  reportedRate: "labels",
  caughtShare: "labels",
  labelDelay: "labels",
  domainAuc: "multivariate",
  pcaError: "multivariate",
} as const satisfies Record<SeriesName, DriftAlertKind>;

/** Alerts that stand after the last of these windows, oldest first: shown by each of the last few, in one direction. */
export function standingAlerts(windows: readonly WindowAssessment[], options: AlertOptions): DriftAlert[] {
  const last = windows.slice(-options.consecutive);
  if (last.length < options.consecutive) return [];
  const [first, ...rest] = last.map((window) => signalsOf(window, options));
  const keys = rest.map((signals) => new Set(signals.map(keyOf)));
  return (first ?? [])
    .filter((signal) => keys.every((known) => known.has(keyOf(signal))))
    .sort((a, b) => driftAlertKinds.indexOf(a.kind) - driftAlertKinds.indexOf(b.kind));
}

/** What one window alone shows. */
function signalsOf({ series, features }: WindowAssessment, options: AlertOptions): DriftAlert[] {
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
