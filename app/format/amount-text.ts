import { minorDigitsOf } from "#server/domain/money.ts";

/** "1299.5" for 129950 minor units of EUR: what a person types, without grouping. */
export function amountText(amountMinor: number, currency: string): string {
  return String(amountMinor / 10 ** minorDigitsOf(currency));
}

/** Minor units of what a person typed; null when it is no amount of that currency. */
export function amountOf(text: string, currency: string): number | null {
  const digits = minorDigitsOf(currency);
  const found = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  const [, whole, decimals = ""] = found ?? [];
  if (whole === undefined || decimals.length > digits) return null;
  return Number(`${whole}${decimals.padEnd(digits, "0")}`);
}
