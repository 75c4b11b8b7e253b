import type { Operand } from "./condition.ts";
import { ConditionError } from "./condition-error.ts";
import { FALSE, type Read, TRUE, type Truth, truthOf, UNKNOWN } from "./truth.ts";
import {
  isNumberField,
  isTextField,
  type RuleVocabulary,
  textFields,
  typeOfUnit,
  unknownName,
} from "./vocabulary.ts";

type AttributeValue = number | string | boolean;

/** An operand with its type, ready to be read. Missing is NaN, null or UNKNOWN; `literal` is null for what varies. */
export type Value =
  | { readonly type: "number"; readonly read: Read<number>; readonly literal: number | null }
  /** minor units; of the payment's own currency when `currency` is null */
  | { readonly type: "money"; readonly read: Read<number>; readonly currency: string | null }
  | {
      readonly type: "text";
      readonly read: Read<string | null>;
      readonly literal: string | null;
      /** why a text can never be its value; null when it can */
      readonly refuses: ((value: string) => string | null) | null;
    }
  | { readonly type: "flag"; readonly read: Read<Truth>; readonly literal: boolean | null }
  /** has the type of what it is compared with */
  | {
      readonly type: "attribute";
      readonly read: Read<AttributeValue | undefined>;
      readonly name: string /** a feature that is not served */;
      readonly absent: boolean;
    };

/** What names are looked up in; features that the vocabulary has not are missing values where `lenient`. */
export type Lookup = {
  readonly vocabulary: RuleVocabulary;
  readonly lenient: boolean;
  /** names of the features met */
  readonly used: Set<string>;
};

/** Looks an operand's name up and tells its type. @throws ConditionError for an unknown name */
export function resolveOperand(operand: Operand, lookup: Lookup): Value {
  switch (operand.kind) {
    case "number": {
      const { value } = operand;
      return { type: "number", read: () => value, literal: value };
    }
    case "money": {
      const { minor, currency } = operand;
      return { type: "money", read: () => minor, currency };
    }
    case "text": {
      const { value } = operand;
      return { type: "text", read: () => value, literal: value, refuses: null };
    }
    case "flag": {
      const truth = truthOf(operand.value);
      return { type: "flag", read: () => truth, literal: operand.value };
    }
    case "attribute": {
      const { name } = operand;
      const read: Read<AttributeValue | undefined> = ({ attributes }) =>
        Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      return { type: "attribute", read, name, absent: false };
    }
    case "feature":
      return featureNamed(operand.name, operand, lookup);
    case "name":
      return fieldNamed(operand.name) ?? featureNamed(operand.name, operand, lookup);
  }
}

function fieldNamed(name: string): Value | null {
  if (name === "score") return { type: "number", read: (_payment, _features, score) => score, literal: null };
  if (name === "amountMinor")
    return { type: "money", read: (payment) => payment.amountMinor, currency: null };
  if (isTextField(name)) {
    return { type: "text", read: (payment) => payment[name], literal: null, refuses: textFields[name] };
  }
  if (isNumberField(name)) {
    return { type: "number", read: (payment) => payment[name] ?? Number.NaN, literal: null };
  }
  return null;
}

function featureNamed(name: string, { place }: Operand, { vocabulary, lenient, used }: Lookup): Value {
  const at = vocabulary.features.findIndex((feature) => feature.name === name);
  const feature = vocabulary.features[at];
  used.add(name);
  if (feature === undefined) {
    if (!lenient) throw new ConditionError(place, unknownName(name, vocabulary));
    return { type: "attribute", read: () => undefined, name, absent: true };
  }
  const read: Read<number> = (_payment, features) => features[at] as number;
  const type = typeOfUnit(feature.unit);
  if (type === "money") return { type, read, currency: null };
  if (type === "flag") {
    const flag: Read<Truth> = (_payment, features) => {
      const value = features[at] as number;
      return Number.isNaN(value) ? UNKNOWN : value === 0 ? FALSE : TRUE;
    };
    return { type, read: flag, literal: null };
  }
  if (type === "number") return { type, read, literal: null };
  throw new ConditionError(place, `${name} is the code of a text; compare the field or attribute itself.`);
}
