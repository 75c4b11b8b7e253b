import { z } from "zod";
import { containsCardNumber } from "#server/domain/card-number.ts";
import { HAS_LETTER, MANY_DIGITS, NEEDS_ESCAPE, textTraits } from "#server/domain/text-traits.ts";
import { Channel, ScoreRequest } from "#server/domain/transaction.ts";

/** Checks of single values that accept less than ScoreRequest does, and nothing more. */

type PlainObject = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a text is ASCII, needs no escape in JSON and holds no card number. */
export function isPlainText(value: unknown, maxLength: number): value is string {
  if (typeof value !== "string" || value.length > maxLength) return false;
  const traits = textTraits(value);
  if ((traits & NEEDS_ESCAPE) !== 0) return false;
  return (traits & MANY_DIGITS) === 0 || !containsCardNumber(value);
}

/** An id: its letter alone makes it longer than nothing. */
export function isPlainId(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 128) return false;
  const traits = textTraits(value);
  if ((traits & (HAS_LETTER | NEEDS_ESCAPE)) !== HAS_LETTER) return false;
  return (traits & MANY_DIGITS) === 0 || !containsCardNumber(value);
}

export function isOptionalId(value: unknown): value is string | undefined {
  return value === undefined || isPlainId(value);
}

export function isOptionalCategory(value: unknown): value is string | undefined {
  return value === undefined || (isPlainText(value, 64) && value.length > 0);
}

/** IPv4 is never taken for a card number; the schema itself judges what else an address may be. */
export function isOptionalAddress(value: unknown): value is string | undefined {
  if (value === undefined) return true;
  if (typeof value === "string" && z.regexes.ipv4.test(value)) return true;
  return isPlainText(value, 64) && ScoreRequest.shape.ip.safeParse(value).success;
}

export function isOptionalChannel(value: unknown): value is Channel | undefined {
  return value === undefined || channelNames.has(value);
}

const channelNames: ReadonlySet<unknown> = new Set(Channel.options);

export function isOptionalCountry(value: unknown): value is string | undefined {
  if (value === undefined) return true;
  return typeof value === "string" && value.length === 2 && isCapital(value, 0) && isCapital(value, 1);
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 65 && code <= 90;
}

/** A coordinate of at most `limit` degrees. */
export function isOptionalDegree(value: unknown, limit: number): value is number | undefined {
  return value === undefined || (isPlainNumber(value) && value >= -limit && value <= limit);
}

const MOST_HARMLESS = 1e11; // fewer than twelve digits before the point

/** Finite, exact, no card number, and not negative zero, which the database knows nothing of. */
export function isPlainNumber(value: unknown): value is number {
  if (typeof value !== "number" || Object.is(value, -0)) return false;
  const size = Math.abs(value);
  return size < MOST_HARMLESS || (Number.isSafeInteger(value) && !containsCardNumber(String(size)));
}

export function isPlainAmount(value: unknown): value is number {
  return isPlainNumber(value) && value >= 0 && Number.isInteger(value);
}
