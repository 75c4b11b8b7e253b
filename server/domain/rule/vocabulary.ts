import { isCurrency } from "../money.ts";
import { channels } from "../transaction.ts";
import { nearestName } from "./nearest-name.ts";

/** A payment as a condition sees it; what the caller left out is null. */
export type RulePayment = {
  readonly amountMinor: number;
  readonly currency: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly attributes: Readonly<Record<string, number | string | boolean>>;
};

export type ValueType = "number" | "money" | "text" | "flag";

/** A feature that conditions may name: its unit as the feature set has it, and its words. */
export type RuleFeature = { readonly name: string; readonly unit: string; readonly text: string };

/** What conditions may name besides the payment's own fields: the features, in the order of their row. */
export type RuleVocabulary = { readonly features: readonly RuleFeature[] };

type TextField =
  | "currency"
  | "customerId"
  | "merchantId"
  | "cardToken"
  | "deviceId"
  | "ip"
  | "merchantCategory"
  | "channel"
  | "country";
type NumberField = "latitude" | "longitude";

/** Fields of a payment that are texts; some tell why a text can never be their value. */
export const textFields: Readonly<Record<TextField, ((value: string) => string | null) | null>> = {
  currency: (value) => (isCurrency(value) ? null : `"${value}" is no ISO 4217 currency, such as "EUR".`),
  customerId: null,
  merchantId: null,
  cardToken: null,
  deviceId: null,
  ip: null,
  merchantCategory: null,
  channel: (value) =>
    channels.some((known) => known === value)
      ? null
      : `"${value}" is no channel; there are ${channels.join(", ")}.`,
  country: (value) =>
    /^[A-Z]{2}$/.test(value) ? null : `"${value}" is no ISO 3166-1 country code, such as "DE".`,
};
const numberFields: readonly NumberField[] = ["latitude", "longitude"];

export const isTextField = (name: string): name is TextField => Object.hasOwn(textFields, name);
export const isNumberField = (name: string): name is NumberField =>
  numberFields.some((known) => known === name);

/** All that may be named without a prefix, with its type; a field hides a feature of the same name. */
export function namesOf({ features }: RuleVocabulary): { name: string; type: ValueType; text: string }[] {
  const fields: { name: string; type: ValueType; text: string }[] = [
    { name: "score", type: "number", text: "the model's probability of fraud, 0 to 1" },
    { name: "amountMinor", type: "money", text: "the amount" },
    ...Object.keys(textFields).map((name) => ({ name, type: "text" as const, text: "field of the payment" })),
    ...numberFields.map((name) => ({ name, type: "number" as const, text: "field of the payment" })),
  ];
  const known = new Set(fields.map(({ name }) => name));
  const named = features.flatMap(({ name, unit, text }) => {
    const type = typeOfUnit(unit);
    return type === null || known.has(name) ? [] : [{ name, type, text }];
  });
  return [...fields, ...named];
}

/** Null for a category: its number is a code of a text, and conditions name the text itself. */
export function typeOfUnit(unit: string): ValueType | null {
  if (unit === "category") return null;
  if (unit === "minor") return "money";
  return unit === "flag" ? "flag" : "number";
}

/** A sentence about a name that nothing has, with the nearest one that something has. */
export function unknownName(name: string, vocabulary: RuleVocabulary): string {
  const names = namesOf(vocabulary).map((known) => known.name);
  const nearest = nearestName(name, [...names, "attributes"]);
  const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
  return `There is no field or feature named ${name}.${hint}`;
}
