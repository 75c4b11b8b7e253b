/** ISO 4217 currencies whose minor unit is not a hundredth. */
const minorDigits: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Number of decimals of a currency's major unit. */
export function minorDigitsOf(currency: string): number {
  return minorDigits[currency] ?? 2;
}

/** True when the code is a currency this runtime knows (ISO 4217, upper case). */
export function isCurrency(code: string): boolean {
  return knownCurrencies.has(code);
}

const knownCurrencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** "€1,299.00" of 129900 minor units. */
export function formatMinor(amountMinor: number, currency: string, locale = "en"): string {
  const digits = minorDigitsOf(currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amountMinor / 10 ** digits);
}
