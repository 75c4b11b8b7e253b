import { defaultDefinitions } from "./default-definitions.ts";
import { defineFeatureSet, type FeatureDefinition, type FeatureSet } from "./feature-set.ts";
import { handbookFeatureSet } from "./handbook-set.ts";

export { handbookFeatureSet };

/** The set for payments with customers and merchants. What each feature counts is said by its text. */
export const defaultFeatureSet: FeatureSet = defineFeatureSet("default", defaultDefinitions);

/**
 * An attribute that a feature set reads: its name alone where it is a number (or a flag), or its name and what it is.
 * The value of a category is the code of its text (category-code.ts); a text read as a number is missing.
 */
export type DeclaredAttribute = string | { readonly name: string; readonly kind: "number" | "category" };

/** For data without customers or merchants: amount, and the declared attributes such as v1 to v28. */
export function attributesFeatureSet(attributes: readonly DeclaredAttribute[]): FeatureSet {
  const amount = defaultDefinitions.filter((definition) => definition.aggregate === "amount");
  return defineFeatureSet("attributes", [...amount, ...attributes.map(attributeDefinition)]);
}

/** A base set, and the declared attributes behind it; the base itself when none is given. */
export function withAttributes(base: FeatureSet, attributes: readonly DeclaredAttribute[]): FeatureSet {
  if (attributes.length === 0) return base;
  const definitions = [...base.definitions, ...attributes.map(attributeDefinition)];
  return defineFeatureSet(`${base.name}+attributes`, definitions, base.resolutionMs);
}

export const featureSetNames = ["default", "handbook", "attributes"] as const;

/**
 * The set of that name, with declared attributes where given ("default+attributes" is "default" with attributes).
 * @throws RangeError when no set has the name.
 */
export function featureSetByName(name: string, attributes: readonly DeclaredAttribute[] = []): FeatureSet {
  const base = name.replace(/\+attributes$/, "");
  if (base === "attributes") return attributesFeatureSet(attributes);
  if (base === "default") return withAttributes(defaultFeatureSet, attributes);
  if (base === "handbook") return withAttributes(handbookFeatureSet, attributes);
  throw new RangeError(`there is no feature set ${name}; known are ${featureSetNames.join(", ")}`);
}

function attributeDefinition(attribute: DeclaredAttribute): FeatureDefinition {
  const { name, kind } =
    typeof attribute === "string" ? { name: attribute, kind: "number" as const } : attribute;
  return {
    name: `attribute_${name}`,
    entity: "transaction",
    aggregate: "attribute",
    window: null,
    attribute: name,
    unit: kind,
    text: `attribute ${name}`,
  };
}
