/** A cell that cannot be taken, and why, in words that do not repeat its value. */
export class CellError extends Error {}

/**
 * Minor units of a decimal amount, exactly: "57.16" of a currency with 2 digits is 5716.
 * @throws CellError when it is no plain decimal number, is negative, or has a digit beyond the currency's smallest coin.
 */
export function minorUnits(text: string, digits: number): number {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) throw new CellError("is not a plain decimal number");
  const [, sign, whole = "", fraction = ""] = match;
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > digits) throw new CellError(`has more than ${digits} decimals`);
  const minor = Number(whole + kept.padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor)) throw new CellError("is too large");
  if (sign === "-" && minor !== 0) throw new CellError("is negative");
  return minor;
}

/** @throws CellError when the text is not a finite number. */
export function decimal(text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new CellError("is not a number");
  return value;
}

const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * UTC milliseconds of an ISO date or time; without a zone it is UTC.
 * @throws CellError when it is none, or a day that does not exist.
 */
export function isoTimeMs(text: string): number {
  const match = isoTime.exec(text);
  if (match === null) throw new CellError("is not a time such as 2018-04-01 13:05:00");
  const part = (index: number): number => Number(match[index] ?? 0);
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const dayMs = Date.UTC(part(1), part(2) - 1, part(3));
  const day = new Date(dayMs);
  const exists = day.getUTCDate() === part(3) && day.getUTCMonth() === part(2) - 1;
  if (!exists || hour > 23 || minute > 59 || second > 59)
    throw new CellError("is a time that does not exist");
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  return dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - zoneMs(match[8]);
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
