import { formatMinor, minorDigitsOf } from "#server/domain/money.ts";

/** "€1,299.00" of 129900 minor units of EUR; "–" when there is none. */
export function money(amountMinor: number | null, currency: string): string {
  return amountMinor === null ? "–" : formatMinor(amountMinor, currency);
}

/** "€1.3K" (exact below a thousand), for axes and narrow places: the whole amount belongs in a title or a tooltip. */
export function moneyShort(amountMinor: number | null, currency: string): string {
  if (amountMinor === null) return "–";
  const major = amountMinor / 10 ** minorDigitsOf(currency);
  if (Math.abs(major) < 1_000) return formatMinor(amountMinor, currency);
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(major);
}
