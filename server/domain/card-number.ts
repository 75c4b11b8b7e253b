import { escapeName } from "./json-pointer.ts";
import { MANY_DIGITS, textTraits } from "./text-traits.ts";

/** Names, spelt in any way, of fields that must never be sent, whatever their value. */
const forbiddenNames: ReadonlySet<string> = new Set([
  ...["cvc", "cvc2", "cvv", "cvv2", "cardcvc", "cardcvv", "cvccode", "cvvcode", "cvcvalue", "cvvvalue"],
  ...["securitycode", "cardsecuritycode", "cardverificationvalue", "cardverificationcode"],
  ...[
    "pin",
    "cardpin",
    "pinblock",
    "pan",
    "track",
    "track1",
    "track2",
    "track1data",
    "track2data",
    "trackdata",
  ],
]);

/** Where card data was found; the value itself is never part of it. */
export type CardDataFinding = { readonly path: string; readonly message: string };

const MAX_DEPTH = 64;

/**
 * Every place in a parsed JSON value that carries a card number (see containsCardNumber; in values, numbers or names)
 * or a field name reserved for card secrets. Paths are JSON pointers.
 */
export function findCardData(value: unknown, path = "", depth = 0): CardDataFinding[] {
  if (depth > MAX_DEPTH) return [{ path, message: "is nested too deeply to be checked for card numbers" }];
  const text = textOf(value);
  if (text !== null) {
    return containsCardNumber(text)
      ? [{ path, message: "looks like a card number; send a token instead" }]
      : [];
  }
  if (Array.isArray(value)) return value.flatMap((v, i) => findCardData(v, `${path}/${i}`, depth + 1));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, v]) => findInEntry(key, v, path, depth));
  }
  return [];
}

function findInEntry(key: string, value: unknown, path: string, depth: number): CardDataFinding[] {
  const normal = key
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  const place = `${path}/${escapeName(key)}`;
  if (forbiddenNames.has(normal)) return [{ path: place, message: "is card data that must not be sent" }];
  if (containsCardNumber(key))
    return [{ path: `${path}/*`, message: "has a name that looks like a card number" }];
  return findCardData(value, place, depth + 1);
}

/** What is to be searched: texts, and the whole part of a number, as its decimals are no card number. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const whole = Math.abs(Math.trunc(value));
  return whole < 1e11 || whole >= 1e21 ? "" : String(whole);
}

const MIN_DIGITS = 12;
const MAX_DIGITS = 19;

/** Shapes that hold many digits and are known not to be card numbers. */
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const ipv6 = /^(?=.*::|(?:[^:]*:){6,7})[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}$/i;
const isoDateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;
const smallDecimal = /^[+-]?\d{1,11}\.\d+(?:e[+-]?\d+)?$/i;
const hexDigest = /^(?=.*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;

/** Digits with at most three marks between two of them: dashes, invisible characters and accents of any script included. */
const run = /\d(?:[\s\p{Pd}\p{Cf}\p{M}\u115F\u1160\u2800./_]{0,3}\d){11,}/gu;
/** Groups of four digits and more, the last one of any length, whatever stands between them. Each is begun at its first
 * digit alone, or a long row of digits would take the square of its length. */
const groups = /(?<!\d)\d{4,}(?:[^\p{L}\p{N}]{1,3}\d{4,})+(?:[^\p{L}\p{N}]{1,3}\d{1,3})?/gu;
const networkNumber = /^(?:4|5[1-5]|2[2-7]|3[47]|6)\d{14,15}$/;

/**
 * True when the text holds 12 to 19 digits that pass Luhn: in one piece, parted by spaces, dashes, dots, slashes or
 * invisible characters, or as neighbouring groups among others. Digits of every script count, enclosed ones and
 * percent-encoded ones too; what is encrypted, hashed or in base64 is not opened. Addresses, UUIDs, ISO times and decimals below 10^11 are let through; in a hexadecimal digest only the length and the first digits of a
 * real network count, since every tenth run of digits there passes Luhn by chance.
 */
export function containsCardNumber(text: string): boolean {
  if (text.length < MIN_DIGITS || (textTraits(text) & MANY_DIGITS) === 0) return false;
  return holdsNumber(text) || (percentEncoded.test(text) && holdsNumber(percentDecoded(text)));
}

function holdsNumber(text: string): boolean {
  const plain = toAsciiDigits(text).trim();
  if ([ipv4, ipv6, isoDateTime, smallDecimal].some((shape) => shape.test(plain))) return false;
  if (hexDigest.test(plain)) {
    return (plain.match(/\d+/g) ?? []).some((digits) => networkNumber.test(digits) && passesLuhn(digits));
  }
  const searched = plain.replace(uuid, "uuid");
  for (const [found] of searched.matchAll(run)) if (isCardNumber(found.replace(/\D/g, ""))) return true;
  for (const [found] of searched.matchAll(groups))
    if (holdsCardNumber(found.match(/\d+/g) ?? [])) return true;
  return false;
}

/** Whether some neighbouring groups together are a card number. */
function holdsCardNumber(parts: readonly string[]): boolean {
  return parts.some((_, first) => {
    let digits = "";
    for (let last = first; last < parts.length && digits.length <= MAX_DIGITS; last++) {
      digits += parts[last];
      if (isCardNumber(digits)) return true;
    }
    return false;
  });
}

function isCardNumber(digits: string): boolean {
  return (
    digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && !/^0+$/.test(digits) && passesLuhn(digits)
  );
}

/** A byte that is percent-encoded, once or again and again. */
const percentEncoded = /%(?:25)*[0-9a-f]{2}/i;
const percentEncodedBytes = /(?:%(?:25)*(?!25)[0-9a-f]{2})+/gi;
const utf8 = new TextDecoder();

function percentDecoded(text: string): string {
  return text.replace(percentEncodedBytes, (bytes) => {
    const pairs = bytes.replace(/%(?:25)*(?!25)/g, "").match(/../g) ?? [];
    return utf8.decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
  });
}

/** Digits of any script become ASCII digits, so that full-width or Arabic-Indic digits don't slip through. */
function toAsciiDigits(text: string): string {
  if (!beyondAscii.test(text)) return text;
  const opened = text.replace(enclosedDigit, (digit) => String(enclosedValue(digit)));
  return opened.normalize("NFKC").replace(/(?!\d)\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

const beyondAscii = /\P{ASCII}/u;

/** Digits in parentheses or circles whose compatibility form is none, or one with parentheses. */
const enclosedDigit =
  /[\u2474-\u247C\u24F5-\u24FD\u24FF\u2776-\u277E\u2780-\u2788\u278A-\u2792\u{1F10B}\u{1F10C}]/gu;
const enclosedOnes = [0x2474, 0x24f5, 0x2776, 0x2780, 0x278a];

function enclosedValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  const one = enclosedOnes.find((start) => code >= start && code < start + 9);
  return one === undefined ? 0 : code - one + 1;
}

/** Unicode puts the ten digits of a script in a row that starts at the digit zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

/** Luhn's check (ISO/IEC 7812-1): double every second digit from the right; the sum is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
