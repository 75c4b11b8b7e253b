import { formatMinor, minorDigitsOf } from "#server/domain/money.ts";

/** "€1,299.00" of 129900 minor units of EUR; "–" when there is none. */
export function money(amountMinor: number | null, currency: string): string {
  return amountMinor === null ? "–" : formatMinor(amountMinor, currency);
}

/** "€1.3K", for axes and narrow places: the exact amount belongs in a title or a tooltip. */
export function moneyShort(amountMinor: number | null, currency: string): string {
  if (amountMinor === null) return "–";
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(amountMinor / 10 ** minorDigitsOf(currency));
}
