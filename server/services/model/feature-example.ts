import { reasonText } from "#ml/explanation/reason-text.ts";
import { categoryCode } from "#ml/features/category-code.ts";
import type { FeatureDefinition, FeatureSet } from "#ml/features/feature-set.ts";
import type { Decile } from "./reference-quantiles.ts";

/** Deciles of a feature by its name; empty where nothing is known of it. */
export type DecilesByName = (name: string) => readonly Decile[];

/** A payment for examples, in the words of the card networks. */
const payment = {
  amountMinor: 12_999,
  currency: "EUR",
  merchantCategory: "5732",
  channel: "ecommerce",
  country: "DE",
} as const;

const EXAMPLE_TEXT = "example";

/**
 * The reason that an analyst would read if this feature spoke against a payment: its own value at the ninth decile of
 * the reference, everything beside it at the median, so that the sentence has the size of real ones.
 */
export function exampleReason(
  definition: FeatureDefinition,
  set: Pick<FeatureSet, "definitions">,
  deciles: DecilesByName,
): string {
  const byName = new Map(set.definitions.map((each) => [each.name, each]));
  const values = (name: string): number | null => {
    const known = byName.get(name);
    if (known === undefined) return null;
    return name === definition.name ? strikingValue(known, deciles) : usualValue(known, deciles);
  };
  const attributes = { [definition.attribute ?? definition.name]: EXAMPLE_TEXT };
  const amountMinor = Math.round(at(deciles("amount"), 0.9) ?? payment.amountMinor);
  return reasonText(definition, values, { ...payment, amountMinor, attributes });
}

function strikingValue(definition: FeatureDefinition, deciles: DecilesByName): number {
  const { unit, name, aggregate } = definition;
  if (unit === "flag") return aggregate.startsWith("seen_") ? 0 : 1;
  if (unit === "category") return categoryCode(EXAMPLE_TEXT);
  return wholeWhereCounted(definition, at(deciles(name), 0.9) ?? 3 * typical[unit]);
}

function usualValue(definition: FeatureDefinition, deciles: DecilesByName): number {
  const { unit, name } = definition;
  if (unit === "flag" || unit === "category") return strikingValue(definition, deciles);
  return wholeWhereCounted(definition, at(deciles(name), 0.5) ?? typical[unit]);
}

function at(deciles: readonly Decile[], share: number): number | null {
  return deciles.find((decile) => decile.share === share)?.value ?? null;
}

/** Decile cuts of counts and weekdays may be interpolated. */
function wholeWhereCounted({ unit, aggregate }: FeatureDefinition, value: number): number {
  return unit === "count" || aggregate === "weekday" ? Math.round(value) : value;
}

/** What stands in where there is no reference yet. */
const typical: Record<Exclude<FeatureDefinition["unit"], "flag" | "category">, number> = {
  count: 3,
  minor: 4_500,
  ratio: 0.1,
  seconds: 5_400,
  hours: 5,
  days: 3,
  km: 40,
  km_per_hour: 30,
  number: 1,
};
