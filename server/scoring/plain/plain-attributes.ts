import type { AttributeValue, PaymentEvent } from "#ml/features/payment-event.ts";
import { findCardData } from "#server/domain/card-number.ts";
import { MAX_ATTRIBUTES } from "#server/domain/transaction.ts";
import { isPlainNumber, isPlainObject, isPlainText } from "./plain-values.ts";

/** Attributes that are certainly valid, and their canonical JSON; null where they are left to the full checks. */
export type PlainAttributes = { readonly values: PaymentEvent["attributes"]; readonly canonical: string };

export function plainAttributes(attributes: unknown): PlainAttributes | null {
  if (!isPlainObject(attributes)) return null;
  const names = Object.keys(attributes);
  if (!sameNames(names, lastShape.names)) {
    const shape = shapeOf(names);
    if (shape === null) return null;
    lastShape = shape;
  }
  let canonical = "";
  for (const { name, prefix } of lastShape.members) {
    const value = attributes[name];
    if (!isPlainValue(value)) return null;
    canonical += typeof value === "string" ? `${prefix}"${value}"` : `${prefix}${value}`;
  }
  return { values: attributes as PaymentEvent["attributes"], canonical: `{${canonical}}` };
}

type Shape = {
  readonly names: readonly string[];
  /** in the order of their names, each with what comes before its value */
  readonly members: readonly { readonly name: string; readonly prefix: string }[];
};

/** The names of the last payment: those of one caller are the same, in the same order. */
let lastShape: Shape = { names: [], members: [] };

function sameNames(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i++) if (names[i] !== others[i]) return false;
  return true;
}

/** Null when one of the names is not plain. */
function shapeOf(names: readonly string[]): Shape | null {
  if (names.length > MAX_ATTRIBUTES || !names.every(isPlainName)) return null;
  const sorted = names.toSorted(); // by code units
  return { names, members: sorted.map((name, i) => ({ name, prefix: `${i === 0 ? "" : ","}"${name}":` })) };
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
