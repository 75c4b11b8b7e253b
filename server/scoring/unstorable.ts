import { escapeName } from "#server/domain/json-pointer.ts";
import type { FieldError } from "./problems.ts";

/** Deepest nesting of objects and arrays in one body. */
export const MAX_DEPTH = 8;
const MAX_FINDINGS = 20;

/**
 * What valid JSON may hold but neither PostgreSQL nor JavaScript objects can keep faithfully: NUL characters, half
 * surrogate pairs, members named __proto__, whole numbers of 17 to 19 digits, and nesting beyond 8 levels.
 */
export function findUnstorable(value: unknown): FieldError[] {
  const found: FieldError[] = [];
  visit(value, "", 0, found);
  return found;
}

function visit(value: unknown, path: string, depth: number, found: FieldError[]): void {
  if (found.length >= MAX_FINDINGS) return;
  if (typeof value === "string") {
    const message = fault(value);
    if (message !== null) found.push({ path, message });
    return;
  }
  if (isInexact(value)) {
    found.push({ path, message: "has too many digits to be kept exactly; send it as a string" });
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= MAX_DEPTH) {
    found.push({ path, message: `is nested deeper than ${MAX_DEPTH} levels` });
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      visit(item, `${path}/${i}`, depth + 1, found);
    });
    return;
  }
  for (const [name, item] of Object.entries(value)) {
    const place = `${path}/${escapeName(name)}`;
    const message = name === "__proto__" ? "is a name that cannot be used" : fault(name);
    if (message !== null) found.push({ path: place, message });
    else visit(item, place, depth + 1, found);
  }
}

/** Where digits would be lost without a word; larger numbers are rough by nature. */
function isInexact(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e19;
}

function fault(text: string): string | null {
  if (text.includes("\0")) return "must not hold the NUL character";
  return text.isWellFormed() ? null : "must not hold half a surrogate pair";
}
