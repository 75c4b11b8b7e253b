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
  const digits = currencyDigits(currency);
  return formatMajor(amountMinor / 10 ** digits, { currency });
}

export function formatMajor(amount: number, { currency }: Money): string {
  try {
    return amount.toLocaleString("en", { style: "currency", currency });
  } catch {
    return `${currency} ${amount.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
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

function currencyDigits(currency: string): number {
  try {
    const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
    return options.maximumFractionDigits ?? 2;
  } catch {
    return 2; // not a currency code: two digits, as most have
  }
}
