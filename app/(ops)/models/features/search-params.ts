import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const featureOrders = ["set", "importance", "missing"] as const;
export type FeatureOrder = (typeof featureOrders)[number];

/** What the URL of the page holds. `set` null: the champion's. */
export const featuresParams = {
  set: parseAsString,
  q: parseAsString,
  entity: parseAsString,
  aggregate: parseAsString,
  order: parseAsStringLiteral(featureOrders).withDefault("set"),
  /** name of the feature whose details are open */
  feature: parseAsString,
};

export const loadFeaturesParams = createLoader(featuresParams);
export type FeaturesParams = Awaited<ReturnType<typeof loadFeaturesParams>>;
