import { minorDigitsOf } from "#server/domain/money.ts";

/** "€23 to €426": where four of five amounts lie, without the cents that nobody compares by; null when unknown. */
export function usualRange(
  fromMinor: number | null,
  toMinor: number | null,
  currency: string,
): string | null {
  if (fromMinor === null || toMinor === null) return null;
  const format = new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 0 });
  const [from, to] = [fromMinor, toMinor].map((minor) =>
    format.format(minor / 10 ** minorDigitsOf(currency)),
  );
  return from === to ? `${from}` : `${from} to ${to}`;
}
