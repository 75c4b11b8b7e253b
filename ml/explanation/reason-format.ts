/** How reasons write numbers: English, UTC, no more digits than a person uses. */

const DAY_SECONDS = 86_400;
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const oneDigit = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2 });
const attributeDigits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4 });
const percent = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

export type Money = { readonly currency: string };

/** "€1,299.00": minor units with the digits that ISO 4217 gives the currency, two where it is unknown. */
export function formatMinor(amountMinor: number, { currency }: Money): string {
  const { digits, format } = moneyFormat(currency);
  return format(amountMinor / 10 ** digits);
}

export function formatMajor(amount: number, { currency }: Money): string {
  return moneyFormat(currency).format(amount);
}

/** One decimal from one upwards, two significant digits below: 12.3, 0.31. */
export function formatNumber(value: number): string {
  return Math.abs(value) >= 1 || value === 0 ? oneDigit.format(value) : twoDigits.format(value);
}

export function formatAttribute(value: number): string {
  return attributeDigits.format(value);
}

export function formatPercent(share: number): string {
  return `${percent.format(share * 100)} %`;
}

/** "1 payment", "7 payments". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** "14:35" from hours since midnight. */
export function formatClock(hours: number): string {
  const minutes = Math.floor(hours * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function weekdayName(index: number): string {
  return weekdays[index] ?? "day";
}

/** "40 seconds", "12 minutes", "3.5 hours", "2 days". */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return counted(Math.round(seconds), "second");
  if (seconds < 3600) return counted(Math.round(seconds / 60), "minute");
  if (seconds < DAY_SECONDS) return counted(Math.round(seconds / 360) / 10, "hour");
  return counted(Math.round(seconds / (DAY_SECONDS / 10)) / 10, "day");
}

type MoneyFormat = { readonly digits: number; format(amount: number): string };

/** Making a format costs a hundred times its use. Codes that callers make up must not fill the memory. */
const moneyFormats = new Map<string, MoneyFormat>();
const MAX_FORMATS = 500;

function moneyFormat(currency: string): MoneyFormat {
  const known = moneyFormats.get(currency);
  if (known !== undefined) return known;
  const made = makeMoneyFormat(currency);
  if (moneyFormats.size < MAX_FORMATS) moneyFormats.set(currency, made);
  return made;
}

function makeMoneyFormat(currency: string): MoneyFormat {
  try {
    const intl = new Intl.NumberFormat("en", { style: "currency", currency });
    return {
      digits: intl.resolvedOptions().maximumFractionDigits ?? 2,
      format: (amount) => intl.format(amount),
    };
  } catch {
    const fixed = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    const intl = new Intl.NumberFormat("en-GB", fixed); // not a currency code: two digits, as most have
    return { digits: 2, format: (amount) => `${currency} ${intl.format(amount)}` };
  }
}
