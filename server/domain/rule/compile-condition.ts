import { compareValues, flagIn, impossibleText, numberIn, textIn, typeWords } from "./compare.ts";
import type { Condition, Operand } from "./condition.ts";
import { ConditionError, type Place } from "./condition-error.ts";
import { parseCondition } from "./parse-condition.ts";
import { conjunction, disjunction, negated, type Read, type Test, truthOf, UNKNOWN } from "./truth.ts";
import { type Lookup, resolveOperand, type Value } from "./values.ts";
import type { RuleVocabulary } from "./vocabulary.ts";

export type CompiledCondition = {
  /** closures over typed values: nothing is allocated when it runs */
  readonly test: Test;
  /** features it reads */
  readonly features: ReadonlySet<string>;
};

/**
 * Makes a test of a condition, once. With `lenient`, features that the vocabulary has not are missing values, so that
 * rules outlive a change of the feature set.
 * @throws ConditionError for what cannot be read, an unknown name, and types that don't fit
 */
export function compileCondition(
  source: string,
  vocabulary: RuleVocabulary,
  lenient = false,
): CompiledCondition {
  const used = new Set<string>();
  const lookup = { vocabulary, lenient, used };
  return { test: testOf(parseCondition(source), lookup, false), features: used };
}

export type ConditionProblem = Place & { readonly message: string };

/** What is wrong with a condition, and where; null when nothing is. */
export function conditionProblem(source: string, vocabulary: RuleVocabulary): ConditionProblem | null {
  try {
    compileCondition(source, vocabulary);
    return null;
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return { ...error.place, message: error.message };
  }
}

function testOf(condition: Condition, lookup: Lookup, currencyStated: boolean): Test {
  const { place } = condition;
  switch (condition.kind) {
    case "and": {
      const stated = currencyStated || condition.parts.some(statesCurrency);
      return conjunction(condition.parts.map((part) => testOf(part, lookup, stated)));
    }
    case "or":
      return disjunction(condition.parts.map((part) => testOf(part, lookup, currencyStated)));
    case "not":
      return negated(testOf(condition.part, lookup, currencyStated));
    case "compare": {
      const [left, right] = [resolveOperand(condition.left, lookup), resolveOperand(condition.right, lookup)];
      return compareValues(left, right, { comparison: condition.comparison, place, currencyStated });
    }
    case "in": {
      const test = oneOf(resolveOperand(condition.value, lookup), condition.choices, place);
      return condition.negated ? negated(test) : test;
    }
    case "missing": {
      const test = isMissing(resolveOperand(condition.value, lookup), place);
      return condition.negated ? negated(test) : test;
    }
    case "holds":
      return holds(resolveOperand(condition.value, lookup), place);
  }
}

function statesCurrency(condition: Condition): boolean {
  if (condition.kind !== "compare" || condition.comparison !== "=") return false;
  const { left, right } = condition;
  const isCurrency = (side: Operand): boolean => side.kind === "name" && side.name === "currency";
  return (isCurrency(left) && right.kind === "text") || (left.kind === "text" && isCurrency(right));
}

function oneOf(value: Value, choices: readonly Operand[], place: Place): Test {
  const texts = choices.flatMap((choice) => (choice.kind === "text" ? [choice.value] : []));
  const numbers = choices.flatMap((choice) => (choice.kind === "number" ? [choice.value] : []));
  if (texts.length === choices.length && (value.type === "text" || value.type === "attribute")) {
    for (const literal of texts) {
      const impossible = value.type === "text" ? impossibleText(value, { literal }) : null;
      if (impossible !== null) throw new ConditionError(place, impossible);
    }
    const read = value.type === "text" ? value.read : textIn(value.read);
    return isIn(read, new Set<string | null>(texts), (found) => found === null);
  }
  if (numbers.length === choices.length && (value.type === "number" || value.type === "attribute")) {
    const read = value.type === "number" ? value.read : numberIn(value.read);
    return isIn(read, new Set(numbers), Number.isNaN);
  }
  throw new ConditionError(
    place,
    `A list holds texts for a text, or numbers for a number; ${typeWords[value.type].toLowerCase()} is looked for in this one.`,
  );
}

function isIn<T>(read: Read<T>, choices: ReadonlySet<T>, missing: (value: T) => boolean): Test {
  return (payment, features, score) => {
    const value = read(payment, features, score);
    return missing(value) ? UNKNOWN : truthOf(choices.has(value));
  };
}

function isMissing(value: Value, place: Place): Test {
  const { type } = value;
  if (("literal" in value && value.literal !== null) || (type === "money" && value.currency !== null)) {
    throw new ConditionError(place, "Only a field, a feature or an attribute can be missing.");
  }
  if (type === "number" || type === "money")
    return (p, f, score) => truthOf(Number.isNaN(value.read(p, f, score)));
  if (type === "text") return (p, f, score) => truthOf(value.read(p, f, score) === null);
  if (type === "flag") return (p, f, score) => truthOf(value.read(p, f, score) === UNKNOWN);
  return (p, f, score) => truthOf(value.read(p, f, score) === undefined);
}

function holds(value: Value, place: Place): Test {
  if (value.type === "flag") return value.read;
  if (value.type === "attribute") return flagIn(value.read);
  throw new ConditionError(
    place,
    `${typeWords[value.type]} alone says nothing; compare it, as in … > 3 or … = "text".`,
  );
}
