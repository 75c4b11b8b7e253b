const DAY_MS = 86_400_000;
const SHORTEST = "2026-11-20T10:15:30Z".length;
const LONGEST = "2026-11-20T10:15:30.123Z".length;
const DOT = 46;
const ZERO = 48;

/**
 * Milliseconds since 1970 of a time written as 2026-11-20T10:15:30Z or with three decimals, as Date.parse has it.
 * NaN for every other text, and for times that need more thought: other offsets, other decimals, days after the 28th
 * in February.
 */
export function plainTimeMs(text: string): number {
  if (text.length !== SHORTEST && text.length !== LONGEST) return Number.NaN;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") {
    return Number.NaN;
  }
  if (text[text.length - 1] !== "Z") return Number.NaN;
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= (lastDays[month] ?? 0))) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const days = daysBefore(100 * twoDigits(text, 0) + twoDigits(text, 2), month) + day - 1;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds(text);
}

const lastDays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** NaN when they are not two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

function milliseconds(text: string): number {
  if (text.length === SHORTEST) return 0;
  if (text.charCodeAt(19) !== DOT) return Number.NaN;
  const ones = text.charCodeAt(22) - ZERO;
  return ones >= 0 && ones <= 9 ? 10 * twoDigits(text, 20) + ones : Number.NaN;
}

/** Days from 1970 to the first of a month in the proleptic Gregorian calendar; months count from March, the leap day last. */
function daysBefore(year: number, month: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
