import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { defineFeatureSet, type FeatureDefinition, type FeatureSet } from "#ml/features/feature-set.ts";

/** Of every kind of feature that the default set has for customers, merchants and devices, the plainest. */
const names = [
  ...["amount", "hour_of_day", "weekday", "is_weekend", "is_night", "is_card_present"],
  ...["merchant_category", "country"],
  ...["customer_count_1h", "customer_count_1d", "customer_count_7d", "customer_count_30d"],
  ...["customer_sum_1d", "customer_sum_7d", "customer_mean_1d", "customer_mean_7d", "customer_mean_30d"],
  ...["customer_seconds_since_last", "customer_amount_to_mean_30d", "customer_amount_deviation_30d"],
  ...["merchant_count_1h", "merchant_count_1d", "merchant_count_7d", "merchant_count_30d"],
  ...["merchant_mean_30d", "merchant_seconds_since_last", "merchant_amount_deviation_30d"],
  ...["card_count_10m", "device_count_1h", "ip_count_1h"],
  ...["merchant_fraud_rate_7d", "merchant_fraud_rate_30d", "customer_fraud_rate_30d"],
  ...["customer_merchant_seen_before", "customer_device_seen_before", "customer_country_seen_before"],
  ...["customer_distance_from_last", "customer_speed_from_last"],
  ...["device_distinct_cards_1d", "customer_distinct_merchants_1d"],
];

/** Forty features of the default set, whose cost can be compared as the default set grows. */
export const fortyFeatures: FeatureSet = defineFeatureSet(
  "forty",
  names.map((name): FeatureDefinition => {
    const definition = defaultFeatureSet.definitions.find((d) => d.name === name);
    if (definition === undefined) throw new RangeError(`the default set has no feature ${name}`);
    return definition;
  }),
);
