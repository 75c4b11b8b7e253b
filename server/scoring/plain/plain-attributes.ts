import type { AttributeValue, PaymentEvent } from "#ml/features/payment-event.ts";
import { findCardData } from "#server/domain/card-number.ts";
import { MAX_ATTRIBUTES } from "#server/domain/transaction.ts";
import { isPlainNumber, isPlainObject, isPlainText } from "./plain-values.ts";

/** Attributes that are certainly valid, and their canonical JSON; null where they are left to the full checks. */
export type PlainAttributes = { readonly values: PaymentEvent["attributes"]; readonly canonical: string };

export function plainAttributes(attributes: unknown): PlainAttributes | null {
  if (!isPlainObject(attributes)) return null;
  const names = Object.keys(attributes);
  if (names.length > MAX_ATTRIBUTES) return null;
  names.sort();
  let canonical = "";
  for (const name of names) {
    const value = attributes[name];
    if (!isPlainName(name) || !isPlainValue(value)) return null;
    const written = typeof value === "string" ? `"${value}"` : value;
    canonical += canonical === "" ? `"${name}":${written}` : `,"${name}":${written}`;
  }
  return { values: attributes as PaymentEvent["attributes"], canonical: `{${canonical}}` };
}

function isPlainValue(value: unknown): value is AttributeValue {
  return isPlainNumber(value) || typeof value === "boolean" || isPlainText(value, 1_024);
}

const MAX_NAMES = 4_096;

/** Names, never values, that passed before: callers use few. */
const plainNames = new Set<string>();

function isPlainName(name: string): boolean {
  if (plainNames.has(name)) return true;
  if (name === "" || name in Object.prototype || !isPlainText(name, 64)) return false;
  if (findCardData({ [name]: null }).length > 0) return false;
  if (plainNames.size >= MAX_NAMES) plainNames.clear();
  plainNames.add(name);
  return true;
}
