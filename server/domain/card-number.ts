/** Field names that must never be sent, whatever their value. */
const forbiddenNames = new Set(["cvc", "cvc2", "cvv", "cvv2", "pin", "track", "track1", "track2", "pan"]);

/** Where card data was found; the value itself is never part of it. */
export type CardDataFinding = { readonly path: string; readonly message: string };

const MAX_DEPTH = 64;

/**
 * Every place in a parsed JSON value that carries a card number (12 to 19 digits that pass Luhn, separators and
 * Unicode digits included, in values, numbers or keys) or a field name reserved for card secrets.
 */
export function findCardData(value: unknown, path = "", depth = 0): CardDataFinding[] {
  if (depth > MAX_DEPTH) return [{ path, message: "is nested too deeply to be checked for card numbers" }];
  if (typeof value === "string" || isWhole(value)) {
    return containsCardNumber(String(value))
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
  if (forbiddenNames.has(normal))
    return [{ path: `${path}/${key}`, message: "is card data that must not be sent" }];
  if (containsCardNumber(key))
    return [{ path: `${path}/*`, message: "has a name that looks like a card number" }];
  return findCardData(value, `${path}/${key}`, depth + 1);
}

/** A fraction's decimals are no card number; a whole number may be one. */
function isWhole(value: unknown): boolean {
  return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
}

/** Shapes that hold long runs of digits and are known not to be card numbers. */
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const decimalOrIpv4 = /^(?:-?\d+\.\d+(?:e[+-]?\d+)?|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** True when the text holds 12 to 19 digits, one separator allowed between any two, that pass Luhn. */
export function containsCardNumber(text: string): boolean {
  if (text.length < 12 || decimalOrIpv4.test(text)) return false;
  const ascii = toAsciiDigits(text.replace(uuid, "uuid"));
  for (const run of ascii.matchAll(/\d(?:[\s\-./_]?\d){11,}/g)) {
    const digits = run[0].replace(/\D/g, "");
    if (digits.length <= 19 && passesLuhn(digits)) return true;
  }
  return false;
}

/** Digits of any script become ASCII digits, so that full-width or Arabic-Indic digits don't slip through. */
function toAsciiDigits(text: string): string {
  return text.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
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
