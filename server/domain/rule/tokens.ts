import { ConditionError, type Place } from "./condition-error.ts";

const keywords = ["and", "or", "not", "in", "is", "missing", "true", "false"] as const;
export type Keyword = (typeof keywords)[number];

export type Token = { readonly place: Place; readonly text: string } & (
  | { readonly kind: "keyword"; readonly word: Keyword }
  | { readonly kind: "name" }
  | { readonly kind: "number" }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "sign" }
  | { readonly kind: "end" }
);

/** Every alternative starts where the last token ended; what none of them reads cannot be read. */
const lexeme =
  /(\s+)|([A-Za-z_][A-Za-z0-9_]*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\\n]|\\["\\])*"|'(?:[^'\\\n]|\\['\\])*')|(<=|>=|!=|<>|==|[=<>(),.[\]])/y;

/** Words, numbers, texts and signs of a condition, with an end mark. @throws ConditionError */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const place = placeFinder(source);
  let at = 0;
  while (at < source.length) {
    lexeme.lastIndex = at;
    const found = lexeme.exec(source);
    if (found === null) throw new ConditionError(place(at), unreadable(source, at));
    const [text, space, word, number, quoted] = found;
    if (space === undefined) tokens.push(tokenOf({ text, word, number, quoted, place: place(at) }));
    at += text.length;
  }
  tokens.push({ kind: "end", text: "the end", place: place(at) });
  return tokens;
}

type Found = {
  readonly text: string;
  readonly word: string | undefined;
  readonly number: string | undefined;
  readonly quoted: string | undefined;
  readonly place: Place;
};

function tokenOf({ text, word, number, quoted, place }: Found): Token {
  if (word !== undefined) {
    const keyword = keywords.find((known) => known === word.toLowerCase());
    return keyword === undefined
      ? { kind: "name", text, place }
      : { kind: "keyword", word: keyword, text, place };
  }
  if (number !== undefined) return { kind: "number", text, place };
  if (quoted !== undefined) {
    return { kind: "text", value: quoted.slice(1, -1).replace(/\\(.)/g, "$1"), text, place };
  }
  return { kind: "sign", text, place };
}

function unreadable(source: string, at: number): string {
  const [character = ""] = source.slice(at);
  if (character === '"' || character === "'") return `The text that starts here has no closing ${character}.`;
  if (character === "&" || character === "|" || character === "!")
    return `${character} means nothing here; write and, or, not.`;
  return `${character} means nothing in a condition.`;
}

/** Places are asked for in order, so lines are counted only once. */
function placeFinder(source: string): (offset: number) => Place {
  let line = 1;
  let start = 0;
  let seen = 0;
  return (offset) => {
    for (; seen < offset; seen++) {
      if (source[seen] !== "\n") continue;
      line++;
      start = seen + 1;
    }
    return { line, column: offset - start + 1 };
  };
}
