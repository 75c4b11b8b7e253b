import type { CategoryField } from "./category-code.ts";
import { type FeatureDefinition, type WindowName, windowText } from "./feature-set.ts";
import { fraudDefinitions } from "./fraud-definitions.ts";
import { habitDefinitions } from "./habit-definitions.ts";

type Who = "customer" | "merchant" | "card" | "device" | "ip";

const longWindows = ["1h", "1d", "7d", "30d"] as const;

const transaction = { entity: "transaction", window: null } as const;

const ownFeatures: readonly FeatureDefinition[] = [
  { ...transaction, name: "amount", aggregate: "amount", unit: "minor", text: "amount of this payment" },
  {
    ...transaction,
    name: "hour_of_day",
    aggregate: "hour",
    unit: "hours",
    text: "time of day (UTC, in hours)",
  },
  {
    ...transaction,
    name: "weekday",
    aggregate: "weekday",
    unit: "number",
    text: "weekday (UTC, Monday is 0)",
  },
  {
    ...transaction,
    name: "is_weekend",
    aggregate: "weekend",
    unit: "flag",
    text: "Saturday or Sunday (UTC)",
  },
  {
    ...transaction,
    name: "is_night",
    aggregate: "night",
    unit: "flag",
    text: "between midnight and 7:00 (UTC)",
  },
  {
    ...transaction,
    name: "is_card_present",
    aggregate: "channel",
    attribute: "card_present",
    unit: "flag",
    text: "card present",
  },
];

/** Texts of the payment as codes that can only be equal or not; missing where the payment names none. */
const categories: readonly FeatureDefinition[] = [
  category("merchant_category", "merchantCategory", "kind of merchant (category code)"),
  category("channel", "channel", "channel of this payment"),
  category("country", "country", "country of this payment"),
  category("currency", "currency", "currency of this payment"),
];

/** Earlier payments only: the payment being scored never counts itself in these. */
const history: readonly FeatureDefinition[] = [
  ...longWindows.map((window) => count("customer", window)),
  ...longWindows.map((window) => sum("customer", window)),
  ...longWindows.map((window) => mean("customer", window)),
  sinceLast("customer"),
  ...longWindows.map((window) => count("merchant", window)),
  ...longWindows.map((window) => sum("merchant", window)),
  ...longWindows.map((window) => mean("merchant", window)),
  sinceLast("merchant"),
  count("card", "10m"),
  count("card", "1d"),
  count("device", "1h"),
  count("device", "30d"),
  count("ip", "1h"),
  count("ip", "1d"),
];

const seenBefore: readonly FeatureDefinition[] = [
  {
    name: "customer_merchant_seen_before",
    entity: "customer_merchant",
    aggregate: "seen_before",
    window: null,
    unit: "flag",
    text: "customer paid this merchant before (180 days)",
  },
  {
    name: "customer_device_seen_before",
    entity: "customer",
    aggregate: "seen_device",
    window: null,
    unit: "flag",
    text: "customer used this device before (180 days)",
  },
  {
    name: "customer_country_seen_before",
    entity: "customer",
    aggregate: "seen_country",
    window: null,
    unit: "flag",
    text: "customer paid in this country before (180 days)",
  },
];

const places: readonly FeatureDefinition[] = [
  {
    name: "customer_distance_from_last",
    entity: "customer",
    aggregate: "distance_from_last",
    window: null,
    unit: "km",
    text: "distance from the customer's last place",
  },
  {
    name: "customer_speed_from_last",
    entity: "customer",
    aggregate: "speed_from_last",
    window: null,
    unit: "km_per_hour",
    text: "speed from the customer's last place (over at least a minute)",
  },
];

/** The id of the payment being scored is one of those counted. */
const distinctCounts: readonly FeatureDefinition[] = [
  {
    name: "device_distinct_cards_1d",
    entity: "device",
    aggregate: "distinct_cards",
    window: "1d",
    unit: "count",
    includesCurrent: true,
    text: "cards on this device in the last day, this one included (at most 32)",
  },
  {
    name: "device_distinct_customers_1d",
    entity: "device",
    aggregate: "distinct_customers",
    window: "1d",
    unit: "count",
    includesCurrent: true,
    text: "customers on this device in the last day, this one included (at most 32)",
  },
  {
    name: "ip_distinct_cards_1d",
    entity: "ip",
    aggregate: "distinct_cards",
    window: "1d",
    unit: "count",
    includesCurrent: true,
    text: "cards from this address in the last day, this one included (at most 32)",
  },
  distinctMerchants("customer"),
  distinctMerchants("card"),
];

export const defaultDefinitions: readonly FeatureDefinition[] = [
  ...ownFeatures,
  ...categories,
  ...history,
  ...habitDefinitions,
  ...fraudDefinitions,
  ...seenBefore,
  ...places,
  ...distinctCounts,
];

function category(name: string, attribute: CategoryField, text: string): FeatureDefinition {
  return { ...transaction, name, aggregate: "category", attribute, unit: "category", text };
}

function count(entity: Who, window: WindowName): FeatureDefinition {
  const text = `earlier payments of this ${entity} in the last ${windowText[window]}`;
  return { name: `${entity}_count_${window}`, entity, aggregate: "count", window, unit: "count", text };
}

function sum(entity: Who, window: WindowName): FeatureDefinition {
  const text = `amount this ${entity} moved before in the last ${windowText[window]}`;
  return { name: `${entity}_sum_${window}`, entity, aggregate: "sum", window, unit: "minor", text };
}

function mean(entity: Who, window: WindowName): FeatureDefinition {
  const text = `mean amount of this ${entity}'s earlier payments in the last ${windowText[window]}`;
  return { name: `${entity}_mean_${window}`, entity, aggregate: "mean", window, unit: "minor", text };
}

function sinceLast(entity: Who): FeatureDefinition {
  return {
    name: `${entity}_seconds_since_last`,
    entity,
    aggregate: "seconds_since_last",
    window: null,
    unit: "seconds",
    text: `seconds since this ${entity}'s last payment (within 30 days)`,
  };
}

function distinctMerchants(entity: "customer" | "card"): FeatureDefinition {
  return {
    name: `${entity}_distinct_merchants_1d`,
    entity,
    aggregate: "distinct_merchants",
    window: "1d",
    unit: "count",
    includesCurrent: true,
    text: `merchants this ${entity} paid in the last day, this one included (at most 32)`,
  };
}
