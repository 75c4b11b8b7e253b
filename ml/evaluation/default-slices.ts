import { categoryCode } from "#ml/features/category-code.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { quantiles } from "#ml/math/quantile.ts";
import type { SliceBy } from "./slice-report.ts";

/** Rows of features, row-major with NaN where missing. */
export type FeatureRows = {
  readonly features: Float64Array;
  readonly rows: number;
  readonly width: number;
};

type Reader = (row: number) => number;

/** The channels of the scoring API. */
const CHANNELS = ["card_present", "ecommerce", "transfer", "atm", "other"] as const;

const HOUR_BANDS = [
  [6, "00-05"],
  [12, "06-11"],
  [18, "12-17"],
  [24, "18-23"],
] as const;

/**
 * The cuts that every feature set allows for, as far as its features do: amount in four bands with cuts at the
 * quartiles of `reference` (training rows, so that bands mean the same in every window), hour of the day (UTC), the
 * channel (or whether the card was present), and whether customer and merchant had an earlier payment within 30 days. `of` takes a row of
 * `rows`; a row whose feature is missing belongs to no group.
 */
export function defaultSlices(
  definitions: readonly FeatureDefinition[],
  rows: FeatureRows,
  reference: FeatureRows = rows,
): SliceBy[] {
  const columnOf = (matches: (definition: FeatureDefinition) => boolean): number | null => {
    const column = definitions.findIndex(matches);
    return column < 0 ? null : column;
  };
  const sliceOf = (column: number | null, make: (read: Reader, column: number) => SliceBy): SliceBy[] =>
    column === null ? [] : [make((row) => rows.features[row * rows.width + column] as number, column)];
  const newcomers = (["customer", "merchant"] as const).flatMap((who) => {
    const column = columnOf((definition) => countsMonth(definition, who));
    const own = column !== null && definitions[column]?.includesCurrent === true ? 1 : 0;
    return sliceOf(column, (read) => newOrKnown(who, read, own));
  });
  const channel = columnOf(({ attribute, unit }) => attribute === "channel" && unit === "category");
  return [
    ...sliceOf(columnOf(isAmount), (read, column) => amountBands(read, columnValues(reference, column))),
    ...sliceOf(columnOf(isHour), hourBands),
    ...(channel === null ? sliceOf(columnOf(isCardPresent), cardPresence) : sliceOf(channel, channels)),
    ...newcomers,
  ];
}

const isAmount = ({ aggregate, entity }: FeatureDefinition): boolean =>
  entity === "transaction" && (aggregate === "amount" || aggregate === "amount_major");

const isHour = ({ aggregate }: FeatureDefinition): boolean => aggregate === "hour";

const isCardPresent = ({ aggregate, attribute }: FeatureDefinition): boolean =>
  aggregate === "channel" && attribute === "card_present";

const countsMonth = (
  { entity, aggregate, window, delayDays = 0 }: FeatureDefinition,
  who: "customer" | "merchant",
): boolean => entity === who && aggregate === "count" && window === "30d" && delayDays === 0;

function columnValues({ features, rows, width }: FeatureRows, column: number): Float64Array {
  const values = Float64Array.from({ length: rows }, (_, row) => features[row * width + column] as number);
  return values.filter((value) => !Number.isNaN(value));
}

function amountBands(read: Reader, reference: Float64Array): SliceBy {
  const cuts = quantiles(reference, [0.25, 0.5, 0.75]) ?? [];
  const names = ["1 smallest quarter", "2 below the median", "3 above the median", "4 largest quarter"];
  return {
    name: "amount",
    title: `Amount, cut at the quartiles of training (${cuts.map((cut) => Math.round(100 * cut) / 100).join(", ")})`,
    of: (row) => {
      const amount = read(row);
      if (Number.isNaN(amount) || cuts.length === 0) return null;
      return names[cuts.filter((cut) => amount > cut).length] ?? null;
    },
  };
}

function hourBands(read: Reader): SliceBy {
  return {
    name: "hour",
    title: "Hour of the day (UTC)",
    of: (row) => {
      const hour = read(row);
      return HOUR_BANDS.find(([end]) => hour < end)?.[1] ?? null;
    },
  };
}

function cardPresence(read: Reader): SliceBy {
  const names = new Map([
    [1, "card present"],
    [0, "card not present"],
  ]);
  return { name: "card_present", title: "Card present", of: (row) => names.get(read(row)) ?? null };
}

function channels(read: Reader): SliceBy {
  const names = new Map(CHANNELS.map((channel) => [categoryCode(channel), channel.replace("_", " ")]));
  return { name: "channel", title: "Channel", of: (row) => names.get(read(row)) ?? null };
}

/** `own`: 1 when the payment being scored is counted among the month's. */
function newOrKnown(who: "customer" | "merchant", read: Reader, own: number): SliceBy {
  return {
    name: `new_${who}`,
    title: `Earlier payment of this ${who} within 30 days`,
    of: (row) => {
      const count = read(row);
      if (Number.isNaN(count)) return null;
      return count > own ? `known ${who}` : `new ${who}`;
    },
  };
}
