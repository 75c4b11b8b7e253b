import { count, percent, plural } from "#app/format/number.ts";
import { valueWords } from "../../drift/words.ts";
import type { FeatureSetView, FeatureView } from "../types.ts";
import type { FeatureOrder } from "./search-params.ts";

/** Units as a person names them. */
export const unitWords: Record<FeatureView["unit"], string> = {
  count: "count",
  minor: "minor units",
  ratio: "share or ratio",
  seconds: "seconds",
  hours: "hours",
  days: "days",
  km: "km",
  km_per_hour: "km/h",
  flag: "yes or no",
  category: "category",
  number: "number",
};

/** What the page shows now, in one line. */
export function featuresReading({ name, features, model }: FeatureSetView): string {
  const size = `${plural(features.length, "feature")} of the set ${name}`;
  if (model === null) return `${size}; no model has learned from them yet`;
  const missing = features.filter((feature) => (missingShare(feature) ?? 0) > 0.5).length;
  const gaps = missing === 0 ? "" : `; ${missing} missing on more than half of the payments`;
  const who =
    model.status === "champion" ? `the champion, version ${model.number},` : `version ${model.number}`;
  return `${size}, as ${who} sees them${gaps}`;
}

export function setLabel({ name, version, isChampions, isNext }: FeatureSetView["known"][number]): string {
  const hash = version.split("@").at(-1)?.slice(0, 6) ?? version;
  const role = isChampions ? ", champion's" : isNext ? ", next training" : "";
  return `${name} ${hash}${role}`;
}

type Filters = {
  readonly q: string | null;
  readonly entity: string | null;
  readonly aggregate: string | null;
  readonly order: FeatureOrder;
};

/** The features that the filters leave, in the order asked for; every word searched for must be in name or text. */
export function orderedFeatures(features: readonly FeatureView[], filters: Filters): FeatureView[] {
  const words = (filters.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const left = features.filter((feature) => {
    if (filters.entity !== null && feature.entity !== filters.entity) return false;
    if (filters.aggregate !== null && feature.aggregate !== filters.aggregate) return false;
    const text =
      `${feature.name} ${feature.text} ${feature.entityText} ${feature.aggregateText}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (filters.order === "set") return byEntity(left);
  const rank = (feature: FeatureView): number =>
    (filters.order === "missing" ? missingShare(feature) : feature.importance?.permutation) ?? -1;
  return left.sort((a, b) => rank(b) - rank(a));
}

/** Features of one entity stand together, entities in the order in which they first come. */
function byEntity(features: readonly FeatureView[]): FeatureView[] {
  const groups = new Map<string, FeatureView[]>();
  for (const feature of features)
    groups.set(feature.entity, [...(groups.get(feature.entity) ?? []), feature]);
  return [...groups.values()].flat();
}

/** The values that a filter can take, each once, with its words. */
export function choicesOf(
  features: readonly FeatureView[],
  value: "entity" | "aggregate",
  label: "entityText" | "aggregateText",
): { value: string; label: string }[] {
  const found = new Map(features.map((feature) => [feature[value], feature[label]]));
  return [...found].map(([key, text]) => ({ value: key, label: text }));
}

/** Share of the reference without a value; null without a reference. */
export function missingShare({ distribution }: FeatureView): number | null {
  return distribution === null || distribution.rows === 0 ? null : distribution.missing / distribution.rows;
}

/** The median, or for a flag the share that is 1. */
export function middleWords({ distribution, unit }: FeatureView): string {
  if (distribution?.shareYes != null) return `${percent(distribution.shareYes, 0)} yes`;
  const median = distribution?.deciles?.find(({ share }) => share === 0.5);
  return median === undefined ? "–" : valueWords(median.value, unit);
}

/** From the first decile to the ninth. */
export function rangeWords({ distribution, unit }: FeatureView): string {
  const deciles = unit === "flag" ? null : (distribution?.deciles ?? null);
  const [low, high] = [deciles?.[0], deciles?.at(-1)];
  if (low === undefined || high === undefined) return "–";
  const [from, to] = [valueWords(low.value, unit), valueWords(high.value, unit)];
  return from === to ? from : `${from} – ${to}`;
}

export function importanceText(drop: number | null): string {
  return drop === null ? "–" : drop.toFixed(4);
}

/** The definition in two or three sentences. */
export function definitionWords(feature: FeatureView): string {
  const { text, entityText, aggregateText, window, delayDays, includesCurrent, entity } = feature;
  const what = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  if (entity === "transaction") return `${what} It reads this payment alone, and needs no history.`;
  const itself = includesCurrent
    ? "the payment being scored counts itself"
    : "the payment being scored does not count itself";
  const ends =
    delayDays === 0 ? "" : ` that ends ${delayDays} d before this payment, so that labels are known`;
  const span = window === null ? "It looks back as far as is remembered" : `Its window is ${window}${ends}`;
  return `${what} It looks at the payments of the same ${whose(entity, entityText)} (${aggregateText}). ${span}, and ${itself}.`;
}

function whose(entity: FeatureView["entity"], text: string): string {
  if (entity === "ip") return "IP address";
  return entity === "customer_merchant" ? "customer at the same merchant" : text.toLowerCase();
}

export type DistributionRow = { readonly bin: string; readonly rows: number; readonly share: number };

/** The reference's bins in words, with the payments in each; a flag has two. */
export function distributionRows({ distribution, unit }: FeatureView): DistributionRow[] {
  if (distribution === null) return [];
  const { cuts, counts, rows, missing, shareYes } = distribution;
  const values = rows - missing;
  if (shareYes !== null) {
    const yes = Math.round(shareYes * values);
    return [
      { bin: "no", rows: values - yes, share: 1 - shareYes },
      { bin: "yes", rows: yes, share: shareYes },
    ];
  }
  const say = (cut: number | undefined): string => (cut === undefined ? "" : valueWords(cut, unit));
  return counts.map((inBin, bin) => ({
    bin:
      bin === 0 ? `≤ ${say(cuts[0])}` : bin < cuts.length ? `≤ ${say(cuts[bin])}` : `> ${say(cuts[bin - 1])}`,
    rows: inBin,
    share: values === 0 ? 0 : inBin / values,
  }));
}

/** The finding on a distribution, as its chart's title. */
export function distributionReading(feature: FeatureView): string {
  const { distribution, unit } = feature;
  if (distribution === null || distribution.rows === distribution.missing) return "Never has a value";
  if (unit === "flag") return `Yes on ${percent(distribution.shareYes)} of the payments that have a value`;
  const at = (share: number): string => {
    const decile = distribution.deciles?.find((each) => each.share === share);
    return decile === undefined ? "–" : valueWords(decile.value, unit);
  };
  if (at(0.5) === at(0.9)) return `Nine in ten payments are at or under ${at(0.9)}`;
  return `Half of the payments are at or under ${at(0.5)}, one in ten above ${at(0.9)}`;
}

/** Whether the deciles all differ: then every bin holds a tenth, and only their values tell the shape. */
export function isContinuous({ distribution }: FeatureView): boolean {
  return (distribution?.cuts.length ?? 0) >= 9;
}

/** Counted payments of the reference, for a note. */
export function referenceNote(feature: FeatureView): string {
  const { distribution } = feature;
  if (distribution === null) return "";
  const { rows, missing } = distribution;
  const gaps = missing === 0 ? "all with a value" : `${percent(missing / rows)} of them without a value`;
  return `${count(rows)} payments, ${gaps}.`;
}
