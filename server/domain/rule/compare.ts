import type { Comparison } from "./condition.ts";
import { ConditionError, type Place } from "./condition-error.ts";
import { FALSE, type Read, type Test, TRUE, truthOf, UNKNOWN } from "./truth.ts";
import type { Value } from "./values.ts";

/** Types as a sentence starts with them. */
export const typeWords: Record<Value["type"], string> = {
  number: "A number",
  money: "An amount",
  text: "A text",
  flag: "A flag",
  attribute: "An attribute",
};

export type Comparing = {
  readonly comparison: Comparison;
  readonly place: Place;
  /** whether the condition around says which currency the payment has */
  readonly currencyStated: boolean;
};

/** The test of one comparison; unknown where a side is missing. @throws ConditionError when the types don't fit */
export function compareValues(left: Value, right: Value, how: Comparing): Test {
  if (left.type === "attribute" && right.type === "attribute") return attributes(left.read, right.read, how);
  if (left.type === "attribute") return compareValues(attributeAs(left, right, how), right, how);
  if (right.type === "attribute") return compareValues(left, attributeAs(right, left, how), how);
  if (left.type === "number" && right.type === "number") return numbers(left.read, right, how.comparison);
  if (isAmount(left) && isAmount(right)) return money(left, right, how);
  if (left.type === "text" && right.type === "text") return texts(left, right, how);
  if (left.type === "flag" && right.type === "flag") {
    requireEquality("True and false", how);
    return truths(left.read, right.read, how.comparison === "=");
  }
  return refuse(
    how,
    `${typeWords[left.type]} can't be compared with ${typeWords[right.type].toLowerCase()}.`,
  );
}

/** A missing number is NaN, which no comparison is true of; so only what is not true has to be looked at again. */
function numbers(
  left: Read<number>,
  right: { readonly read: Read<number>; readonly literal?: number | null },
  comparison: Comparison,
): Test {
  const relation = relations[comparison];
  const limit = right.literal ?? null;
  if (limit !== null) {
    return (payment, features, score) => {
      const value = left(payment, features, score);
      return Number.isNaN(value) ? UNKNOWN : relation(value, limit) ? TRUE : FALSE;
    };
  }
  return (payment, features, score) => {
    const a = left(payment, features, score);
    const b = right.read(payment, features, score);
    return Number.isNaN(a) || Number.isNaN(b) ? UNKNOWN : relation(a, b) ? TRUE : FALSE;
  };
}

const relations: Record<Comparison, (a: number, b: number) => boolean> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const isAmount = (value: Value): value is Amount => value.type === "money" || value.type === "number";

type Amount = Extract<Value, { type: "money" | "number" }>;

/** Amounts compare with amounts; with a plain number (minor units) only where the condition says the currency. */
function money(left: Amount, right: Amount, how: Comparing): Test {
  if (left.type === "money" && right.type === "money") {
    const currency = left.currency ?? right.currency;
    if (left.currency !== null && right.currency !== null) refuse(how, "Neither side is of the payment.");
    const test = numbers(left.read, right, how.comparison);
    if (currency === null) return test;
    return (payment, features, score) =>
      payment.currency === currency ? test(payment, features, score) : UNKNOWN;
  }
  const other = left.type === "money" ? right : left;
  if (other.type !== "number" || other.literal === null) {
    return refuse(
      how,
      `An amount can't be compared with ${typeWords[other.type].toLowerCase()} that varies; write one as in 500.00 EUR.`,
    );
  }
  if (!how.currencyStated) {
    refuse(
      how,
      'Say the currency: 500.00 EUR for an amount, or currency = "EUR" and … for minor units in a plain number.',
    );
  }
  return numbers(left.read, right, how.comparison);
}

type TextValue = Extract<Value, { type: "text" }>;

function texts(left: TextValue, right: TextValue, how: Comparing): Test {
  requireEquality("Texts", how);
  const impossible = impossibleText(left, right) ?? impossibleText(right, left);
  if (impossible !== null) refuse(how, impossible);
  const whenEqual = truthOf(how.comparison === "=");
  const whenNot = truthOf(how.comparison !== "=");
  return (payment, features, score) => {
    const a = left.read(payment, features, score);
    const b = right.read(payment, features, score);
    return a === null || b === null ? UNKNOWN : a === b ? whenEqual : whenNot;
  };
}

/** Why a field can never have this text; null when it can. */
export function impossibleText(
  field: TextValue,
  { literal }: { readonly literal: string | null },
): string | null {
  return literal === null || field.refuses === null ? null : field.refuses(literal);
}

function truths(left: Test, right: Test, equal: boolean): Test {
  return (payment, features, score) => {
    const a = left(payment, features, score);
    const b = right(payment, features, score);
    return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : truthOf((a === b) === equal);
  };
}

type AttributeRead = Extract<Value, { type: "attribute" }>["read"];

/** Two attributes are equal when they are of one type and the same; in order when both are numbers. */
function attributes(left: AttributeRead, right: AttributeRead, { comparison }: Comparing): Test {
  if (comparison !== "=" && comparison !== "!=") {
    return numbers(numberIn(left), { read: numberIn(right) }, comparison);
  }
  return (payment, features, score) => {
    const a = left(payment, features, score);
    const b = right(payment, features, score);
    if (a === undefined || b === undefined || typeof a !== typeof b) return UNKNOWN;
    return truthOf((a === b) === (comparison === "="));
  };
}

/** The attribute read as what it is compared with; a value of another type counts as missing. */
function attributeAs(attribute: Extract<Value, { type: "attribute" }>, other: Value, how: Comparing): Value {
  const { read, name, absent } = attribute;
  if (other.type === "number") return { type: "number", read: numberIn(read), literal: null };
  if (other.type === "text") return { type: "text", read: textIn(read), literal: null, refuses: null };
  if (other.type === "flag") return { type: "flag", read: flagIn(read), literal: null };
  if (absent && other.type === "money") return { type: "money", read: numberIn(read), currency: null };
  return refuse(how, `The attribute ${name} has no currency; compare it with a number, a text or a flag.`);
}

export function numberIn(read: AttributeRead): Read<number> {
  return (payment, features, score) => {
    const value = read(payment, features, score);
    return typeof value === "number" ? value : Number.NaN;
  };
}

export function textIn(read: AttributeRead): Read<string | null> {
  return (payment, features, score) => {
    const value = read(payment, features, score);
    return typeof value === "string" ? value : null;
  };
}

export function flagIn(read: AttributeRead): Test {
  return (payment, features, score) => {
    const value = read(payment, features, score);
    return typeof value === "boolean" ? truthOf(value) : UNKNOWN;
  };
}

function requireEquality(what: string, how: Comparing): void {
  if (how.comparison !== "=" && how.comparison !== "!=")
    refuse(how, `${what} have no order; only = and != compare them.`);
}

function refuse({ place }: Pick<Comparing, "place">, message: string): never {
  throw new ConditionError(place, message);
}
