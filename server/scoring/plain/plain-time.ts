const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ZERO = 48;
const MOST_DECIMALS = 9;

/**
 * Milliseconds since 1970 of a time written as 2026-11-20T10:15:30Z, with up to nine decimals and any offset, as
 * Date.parse has it. NaN for every other text, and for leap days, which need more thought.
 */
export function plainTimeMs(text: string): number {
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") {
    return Number.NaN;
  }
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const second = twoDigits(text, 17);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= (lastDays[month] ?? 0) && second <= 59)) {
    return Number.NaN;
  }
  const days = daysBefore(100 * twoDigits(text, 0) + twoDigits(text, 2), month) + day - 1;
  const decimals = decimalsOf(text);
  const end = decimals === 0 ? 19 : 20 + decimals;
  const whole = days * DAY_MS + minutesOf(text, 11) * MINUTE_MS + second * 1000;
  return whole + milliseconds(text, decimals) - offsetMs(text, end);
}

const lastDays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** NaN when they are not two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? 10 * (tens - ZERO) + ones - ZERO : Number.NaN;
}

/** Minutes of hh:mm; NaN when it is no time of a day. */
function minutesOf(text: string, at: number): number {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  return hour <= 23 && minute <= 59 && text[at + 2] === ":" ? hour * 60 + minute : Number.NaN;
}

/** How many digits follow the seconds' point; NaN when none do, or too many. */
function decimalsOf(text: string): number {
  if (text[19] !== ".") return 0;
  let end = 20;
  while (isDigit(text.charCodeAt(end))) end++;
  const decimals = end - 20;
  return decimals >= 1 && decimals <= MOST_DECIMALS ? decimals : Number.NaN;
}

/** Of the decimals the first three: what comes after is cut off. */
function milliseconds(text: string, decimals: number): number {
  let ms = 0;
  for (let i = 0; i < 3; i++) ms = 10 * ms + (i < decimals ? text.charCodeAt(20 + i) - ZERO : 0);
  return ms;
}

/** Of Z, or +hh:mm, at the end of the text; NaN for anything else. */
function offsetMs(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z") return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== "+" && sign !== "-") || text.length !== at + 6) return Number.NaN;
  const offset = minutesOf(text, at + 1) * MINUTE_MS;
  return sign === "+" ? offset : -offset;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
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
