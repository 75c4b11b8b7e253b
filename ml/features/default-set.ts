import { defaultDefinitions } from "./default-definitions.ts";
import { defineFeatureSet, type FeatureDefinition, type FeatureSet } from "./feature-set.ts";
import { handbookFeatureSet } from "./handbook-set.ts";

export { handbookFeatureSet };

/** The set for payments with customers and merchants. What each feature counts is said by its text. */
export const defaultFeatureSet: FeatureSet = defineFeatureSet("default", defaultDefinitions);

/** For data without customers or merchants: amount, and the declared numeric attributes such as v1 to v28. */
export function attributesFeatureSet(names: readonly string[]): FeatureSet {
  const amount = defaultDefinitions.filter((definition) => definition.aggregate === "amount");
  return defineFeatureSet("attributes", [...amount, ...names.map(attributeDefinition)]);
}

/** A base set, and the declared numeric attributes behind it; the base itself when no name is given. */
export function withAttributes(base: FeatureSet, names: readonly string[]): FeatureSet {
  if (names.length === 0) return base;
  const definitions = [...base.definitions, ...names.map(attributeDefinition)];
  return defineFeatureSet(`${base.name}+attributes`, definitions, base.resolutionMs);
}

export const featureSetNames = ["default", "handbook", "attributes"] as const;

/**
 * The set of that name, with declared attributes where given ("default+attributes" is "default" with attributes).
 * @throws RangeError when no set has the name.
 */
export function featureSetByName(name: string, attributes: readonly string[] = []): FeatureSet {
  const base = name.replace(/\+attributes$/, "");
  if (base === "attributes") return attributesFeatureSet(attributes);
  if (base === "default") return withAttributes(defaultFeatureSet, attributes);
  if (base === "handbook") return withAttributes(handbookFeatureSet, attributes);
  throw new RangeError(`there is no feature set ${name}; known are ${featureSetNames.join(", ")}`);
}

function attributeDefinition(name: string): FeatureDefinition {
  return {
    name: `attribute_${name}`,
    entity: "transaction",
    aggregate: "attribute",
    window: null,
    attribute: name,
    unit: "number",
    text: `attribute ${name}`,
  };
}
