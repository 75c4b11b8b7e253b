import { count, percent, plural } from "#app/format/number.ts";
import { day, dayShort } from "#app/format/time.ts";
import { driftAlertSentence, driftSeriesNames } from "#server/domain/drift-alert.ts";
import type { Drift, DriftAlert, DriftSeries, FeatureDetail, FeatureDrift } from "./types.ts";

/** What a feature's week comes to; null where there is not enough to say. */
export const featureLooks = {
  steady: { tone: "neutral", shape: "○" },
  moved: { tone: "decline", shape: "●" },
  "data changed": { tone: "review", shape: "◐" },
} as const;
export type FeatureLevel = keyof typeof featureLooks;

export function levelOf({ limit, moved, quality, isCalendar }: FeatureDrift): FeatureLevel | null {
  if (isCalendar) return null;
  if (moved) return "moved";
  if (quality !== null) return "data changed";
  return limit === null ? null : "steady";
}

/** The week in words: "16 Nov – 22 Nov 2026". */
export function weekWords(monday: string): string {
  const sunday = new Date(Date.parse(monday) + 6 * 86_400_000);
  return `${dayShort(`${monday}T00:00:00Z`)} – ${day(sunday)}`;
}

/** What the page shows now, in one line. */
export function driftReading(view: Drift): string {
  const week = view.weeks[view.at];
  if (week === undefined) return "";
  const span = weekWords(week.week);
  if (!week.enough) return `Not enough data: ${count(week.rows)} of ${view.needed} payments, ${span}`;
  const moved = view.features.filter((feature) => feature.moved).length;
  const features = `${moved === 0 ? "no feature" : count(moved)} of ${count(view.features.length)} moved beyond chance`;
  const stage = { baseline: "one of the usual weeks", watched: "", running: "not over yet" }[week.phase];
  const alerts = view.alerts.length === 0 ? "No alert" : plural(view.alerts.length, "alert");
  return `${alerts}; ${features}; ${plural(week.rows, "payment")}, ${span}${stage === "" ? "" : `, ${stage}`}`;
}

export const seriesWords = {
  estimatedCost: { name: driftSeriesNames.estimatedCost, unit: "minor units" },
  estimatedRecall: { name: driftSeriesNames.estimatedRecall, unit: "of fraud as the model sees it" },
  alertRate: { name: driftSeriesNames.alertRate, unit: "of payments to review or decline" },
  reportedRate: { name: driftSeriesNames.reportedRate, unit: "of payments, known by the week's end" },
  missedRate: { name: driftSeriesNames.missedRate, unit: "of payments, reported but would be approved" },
  labelDelay: { name: driftSeriesNames.labelDelay, unit: "times the usual, source by source" },
  domainAuc: { name: driftSeriesNames.domainAuc, unit: "0.5 can't tell the week from the usual" },
  pcaError: { name: driftSeriesNames.pcaError, unit: "mean distance" },
} as const satisfies Record<DriftSeries["name"], { name: string; unit: string }>;

const shares: ReadonlySet<string> = new Set(["estimatedRecall", "alertRate", "reportedRate", "missedRate"]);

/** A value of a series as it is read. */
export function seriesValue(name: DriftSeries["name"], value: number | null): string {
  if (value === null) return "–";
  if (shares.has(name)) return percent(value, name === "estimatedRecall" ? 1 : 2);
  if (name === "labelDelay") return `${value.toFixed(2)}×`;
  return name === "estimatedCost" ? value.toFixed(1) : value.toFixed(3);
}

/** The same, as short as an axis needs it. */
export function seriesTick(name: DriftSeries["name"], value: number): string {
  if (name === "estimatedRecall") return percent(value, 0);
  return shares.has(name) ? percent(value, 1) : value.toFixed(value >= 10 ? 0 : 1);
}

/** The finding of a series, as its chart's title. */
export function seriesReading({ name, weeks, lower, upper }: DriftSeries, at: number): string {
  const { value = null, outside = null } = weeks[at] ?? {};
  const words = seriesWords[name].name;
  if (value === null) return `${words}: not enough to say`;
  const told = `${words} ${seriesValue(name, value)}`;
  if (lower === null || upper === null) return `${told}; what is usual is not known yet`;
  const range = `${seriesValue(name, lower)} to ${seriesValue(name, upper)}`;
  return outside === null ? `${told}, as usual (${range})` : `${told}, ${outside} the usual ${range}`;
}

/** An alert as a sentence. */
export function alertWords(alert: DriftAlert): string {
  const { since } = alert;
  return `${driftAlertSentence(alert)}${since === "" ? "" : `, since the week of ${dayShort(`${since}T00:00:00Z`)}`}`;
}

/** The finding on one feature, as its chart's title. */
export function featureReading(detail: FeatureDetail, week: string): string {
  const own = detail.weeks.find((each) => each.week === week);
  if (own?.drift == null) {
    return own?.missing === 1 ? `${detail.text}: always missing` : `${detail.text}: not enough data`;
  }
  const { psi } = own.drift;
  if (detail.isCalendar) return `${detail.text}: differs with the days compared, which is no drift`;
  if (own.limit === null) return `${detail.text}: PSI ${psi.toFixed(3)}; what is usual is not known yet`;
  return `${detail.text} ${own.moved ? "moved" : "is steady"}: PSI ${psi.toFixed(3)} (drift from ${own.limit.toFixed(3)})`;
}

/** Counts as shares of those that have a value; all 0 without any. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  return counts.map((each) => (total === 0 ? 0 : each / total));
}

/** The reference's bins in words: "up to 10", "10 to 20", "over 20", or the category. */
export function binWords({
  cuts,
  categories,
  unit,
}: Pick<FeatureDetail, "cuts" | "categories" | "unit">): string[] {
  if (categories !== null) return categories.map((category, at) => category ?? `category ${at + 1}`);
  if (cuts.length === 0) return ["any value"];
  const say = (cut: number | undefined): string => (cut === undefined ? "" : valueWords(cut, unit));
  return [...cuts, undefined].map((cut, bin) => {
    if (bin === 0) return `up to ${say(cut)}`;
    return cut === undefined ? `over ${say(cuts[bin - 1])}` : `${say(cuts[bin - 1])} to ${say(cut)}`;
  });
}

const compact = new Intl.NumberFormat("en", { maximumSignificantDigits: 3, notation: "compact" });
const suffix: Readonly<Record<string, string>> = {
  seconds: " s",
  hours: " h",
  days: " d",
  km: " km",
  km_per_hour: " km/h",
};

/** A feature's value with its unit; amounts are in minor units, whatever the currency. */
export function valueWords(value: number, unit: string): string {
  if (unit === "seconds" && Math.abs(value) >= 3600) return `${compact.format(value / 3600)} h`;
  return `${compact.format(value)}${suffix[unit] ?? ""}`;
}
