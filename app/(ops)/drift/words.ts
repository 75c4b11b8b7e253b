import { count, percent, plural } from "#app/format/number.ts";
import { day, dayShort } from "#app/format/time.ts";
import type { Drift, FeatureDrift } from "./types.ts";

/** The usual reading of a PSI: under 0.1 steady, from 0.25 far. */
const levels = ["steady", "moved", "moved far"] as const;
export type Level = (typeof levels)[number];

export const levelLooks = {
  steady: { tone: "neutral", shape: "○" },
  moved: { tone: "review", shape: "◐" },
  "moved far": { tone: "decline", shape: "●" },
} as const satisfies Record<Level, { tone: string; shape: string }>;

/** Null where there is not enough to say. */
export function levelOf(psi: number | null): Level | null {
  if (psi === null) return null;
  if (psi < 0.1) return "steady";
  return psi < 0.25 ? "moved" : "moved far";
}

/** What the page shows now, in one line. */
export function driftReading(view: Drift): string {
  const span = view.from === view.to ? day(view.to) : `${dayShort(view.from)} – ${day(view.to)}`;
  const against = `against what version ${view.champion.number} learned from`;
  if (!view.floor.met) {
    return `Not enough data yet: ${count(view.rows)} of ${view.floor.needed} payments, ${span}`;
  }
  const judged = view.features.filter((feature) => !feature.isCalendar);
  const far = judged.filter((feature) => levelOf(feature.psi) === "moved far").length;
  const moved = judged.filter((feature) => levelOf(feature.psi) === "moved").length;
  const finding =
    far + moved === 0
      ? `No feature moved, of ${count(judged.length)},`
      : `${[far > 0 && `${count(far)} moved far`, moved > 0 && `${count(moved)} moved`].filter(Boolean).join(", ")} of ${plural(judged.length, "feature")}`;
  return `${finding} ${against}; ${plural(view.rows, "payment")}, ${span}`;
}

/** The finding on one feature, as its chart's title. */
export function featureReading(feature: FeatureDrift): string {
  const level = levelOf(feature.psi);
  if (feature.psi === null || level === null) {
    return feature.missingRate === 1
      ? `${feature.text}: always missing now`
      : `${feature.text}: not enough data yet, ${count(feature.rows)} of 500 payments`;
  }
  if (feature.isCalendar) return `${feature.text}: differs with the days compared, which is no drift`;
  const where = biggestShift(feature);
  const far = level === "moved far" ? "moved far" : level === "moved" ? "moved" : "is steady";
  return `${feature.text} ${far}: PSI ${feature.psi.toFixed(3)}${level === "steady" || where === null ? "" : `, most where it is ${where}`}`;
}

function biggestShift(feature: FeatureDrift): string | null {
  const [now, then] = [sharesOf(feature.counts), sharesOf(feature.referenceCounts)];
  let [most, at] = [0, -1];
  now.forEach((share, bin) => {
    const shift = Math.abs(share - (then[bin] ?? 0));
    if (shift > most) [most, at] = [shift, bin];
  });
  const words = binWords(feature)[at];
  if (words === undefined) return null;
  return `${words} (${percent(then[at] ?? 0)} then, ${percent(now[at] ?? 0)} now)`;
}

/** Counts as shares of those that have a value; all 0 without any. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  return counts.map((each) => (total === 0 ? 0 : each / total));
}

/** The reference's bins in words: "up to 10", "10 to 20", "over 20". */
export function binWords({ cuts, unit }: Pick<FeatureDrift, "cuts" | "unit">): string[] {
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
