import { isCurrency, minorDigitsOf } from "../money.ts";
import { type Comparison, type Condition, comparisons, type Operand } from "./condition.ts";
import { ConditionError } from "./condition-error.ts";
import { type Keyword, type Token, tokensOf } from "./tokens.ts";

/** Longest condition that is read, and how deep its parentheses may go. */
export const MAX_CONDITION = 4_000;
const MAX_DEPTH = 40;

const sameComparison: Readonly<Record<string, Comparison>> = { "==": "=", "<>": "!=" };

/**
 * Reads a condition: comparisons, `in (...)`, `is missing`, joined by `and`, `or`, `not` and parentheses, of which
 * `not` binds most and `or` least. Names are not looked up here.
 * @throws ConditionError with the place and what was expected there
 */
export function parseCondition(source: string): Condition {
  if (source.length > MAX_CONDITION) {
    throw new ConditionError({ line: 1, column: 1 }, `A condition may have ${MAX_CONDITION} characters.`);
  }
  const reader = new Reader(tokensOf(source));
  const condition = reader.disjunction(0);
  reader.end();
  return condition;
}

/** Recursive descent, one method per level of binding. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  disjunction(depth: number): Condition {
    return this.#joined("or", () => this.#joined("and", () => this.#negation(depth)));
  }

  end(): void {
    if (this.#next.kind !== "end") this.#fail("and, or, or the end of the condition");
  }

  #joined(word: "and" | "or", part: () => Condition): Condition {
    const { place } = this.#next;
    const parts = [part()];
    while (this.#takeWord(word)) parts.push(part());
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: word, parts, place };
  }

  #negation(depth: number): Condition {
    const { place } = this.#next;
    if (depth > MAX_DEPTH)
      throw new ConditionError(place, "This is nested too deeply; make two rules of it.");
    if (this.#takeWord("not")) return { kind: "not", part: this.#negation(depth + 1), place };
    if (!this.#takeSign("(")) return this.#comparison();
    const inner = this.disjunction(depth + 1);
    this.#needSign(")");
    return inner;
  }

  #comparison(): Condition {
    const { place } = this.#next;
    const value = this.#operand("a name, a number, a text, not, or (");
    const comparison = this.#takeComparison();
    if (comparison !== null) {
      return { kind: "compare", comparison, left: value, right: this.#operand("a value or a name"), place };
    }
    if (this.#takeWord("is")) {
      const negated = this.#takeWord("not");
      this.#needWord("missing");
      return { kind: "missing", value, negated, place };
    }
    const negated = this.#takeWord("not");
    if (this.#takeWord("in")) return { kind: "in", value, choices: this.#choices(), negated, place };
    if (negated) this.#fail("in");
    if (!this.#mayStandAlone(value)) this.#fail("a comparison (=, !=, <, <=, >, >=), in, or is missing");
    return { kind: "holds", value, place };
  }

  /** A flag needs no comparison; after anything else that stands alone one was forgotten. */
  #mayStandAlone({ kind }: Operand): boolean {
    const after = this.#next;
    const ends =
      after.kind === "end" ||
      (after.kind === "keyword" && (after.word === "and" || after.word === "or")) ||
      (after.kind === "sign" && after.text === ")");
    return ends && (kind === "name" || kind === "feature" || kind === "attribute");
  }

  #choices(): Operand[] {
    this.#needSign("(");
    const choices = [this.#literal()];
    while (this.#takeSign(",")) choices.push(this.#literal());
    this.#needSign(")");
    return choices;
  }

  #literal(): Operand {
    const operand = this.#operand("a number or a text");
    if (operand.kind === "name" || operand.kind === "feature" || operand.kind === "attribute") {
      const message = `Expected a number or a text in the list; a text stands in quotes, as in "${operand.name}".`;
      throw new ConditionError(operand.place, message);
    }
    return operand;
  }

  #operand(expected: string): Operand {
    const token = this.#next;
    const { place } = token;
    if (token.kind === "text") {
      this.#at++;
      return { kind: "text", value: token.value, place };
    }
    if (token.kind === "number") {
      this.#at++;
      return this.#amount(token);
    }
    if (token.kind === "keyword" && (token.word === "true" || token.word === "false")) {
      this.#at++;
      return { kind: "flag", value: token.word === "true", place };
    }
    if (token.kind !== "name") return this.#fail(expected);
    this.#at++;
    return this.#named(token);
  }

  /** A name, or `features.name`, `attributes.name`, `attributes["any name"]`. */
  #named({ text, place }: Token): Operand {
    const kind = text === "attributes" ? "attribute" : text === "features" ? "feature" : null;
    if (kind === null) return { kind: "name", name: text, place };
    if (this.#takeSign("[")) {
      const token = this.#next;
      if (token.kind !== "text") return this.#fail(`a name in quotes, as in ${text}["name"]`);
      this.#at++;
      this.#needSign("]");
      return { kind, name: token.value, place };
    }
    this.#needSign(".");
    const token = this.#next;
    if (token.kind !== "name" && token.kind !== "keyword") return this.#fail(`a name after ${text}.`);
    this.#at++;
    return { kind, name: token.text, place };
  }

  /** A number; a currency after it makes it money. */
  #amount({ text, place }: Token): Operand {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new ConditionError(place, `${text} is too large a number.`);
    const unit = this.#next;
    if (unit.kind !== "name") return { kind: "number", value, place };
    if (!isCurrency(unit.text)) return this.#fail("and, or, or a currency such as EUR");
    this.#at++;
    const digits = minorDigitsOf(unit.text);
    const minor = Math.round(value * 10 ** digits);
    if (Math.abs(minor - value * 10 ** digits) > 1e-6) {
      throw new ConditionError(place, `${unit.text} has ${digits} decimals; ${text} is finer than that.`);
    }
    return { kind: "money", minor, currency: unit.text, place };
  }

  get #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new RangeError("read past the end of a condition");
    return token;
  }

  #takeWord(word: Keyword): boolean {
    const token = this.#next;
    if (token.kind !== "keyword" || token.word !== word) return false;
    this.#at++;
    return true;
  }

  #takeSign(sign: string): boolean {
    const token = this.#next;
    if (token.kind !== "sign" || token.text !== sign) return false;
    this.#at++;
    return true;
  }

  #takeComparison(): Comparison | null {
    const { kind, text } = this.#next;
    const found = comparisons.find((known) => known === (sameComparison[text] ?? text));
    if (kind !== "sign" || found === undefined) return null;
    this.#at++;
    return found;
  }

  #needWord(word: Keyword): void {
    if (!this.#takeWord(word)) this.#fail(word);
  }

  #needSign(sign: string): void {
    if (!this.#takeSign(sign)) this.#fail(sign);
  }

  #fail(expected: string): never {
    const { place, text } = this.#next;
    throw new ConditionError(place, `Expected ${expected}, found ${text}.`);
  }
}
