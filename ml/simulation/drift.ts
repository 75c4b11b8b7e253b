export const driftKinds = [
  "price_inflation",
  "new_fraud_pattern",
  "channel_shift",
  "fraud_surge",
  "new_merchant_category",
  "country_mix",
  "missing_attributes",
  "label_delay",
] as const;
export type DriftKind = (typeof driftKinds)[number];

/** A lasting change of the world that begins `fromDay` days after the start of the simulation. */
export type Drift = { readonly kind: DriftKind; readonly fromDay: number };

/** How the world has changed at a moment. */
export type DriftState = {
  readonly priceFactor: number; // on every legitimate amount
  readonly channelShift: number; // share of shop purchases that moved online
  readonly newFraudPattern: boolean;
  readonly fraudFactor: number; // on the share of frauds by campaigns
  readonly newCategoryShare: number; // of payments, to a kind of merchant never seen before
  readonly countryShift: number; // share of online payments from other countries
  readonly missingShare: number; // of payments that come without device and attributes
  readonly labelDelayFactor: number; // on the time until labels come
};

const DAY_MS = 86_400_000;

/**
 * The world's change at `atMs`: prices rise by 40 % over two weeks, 45 % of shop purchases move online over one
 * week. At once: the new fraud pattern; twice the frauds; 12 % of payments at a new kind of merchant; a quarter of
 * online payments from other countries; half of the payments without device and attributes; labels 2.5 times as late.
 */
export function driftAt(drifts: readonly Drift[], startMs: number, atMs: number): DriftState {
  const day = (atMs - startMs) / DAY_MS;
  const since = (kind: DriftKind): number =>
    drifts.reduce((most, drift) => (drift.kind === kind ? Math.max(most, day - drift.fromDay) : most), -1);
  const ramp = (elapsedDays: number, lengthDays: number): number =>
    Math.min(1, Math.max(0, elapsedDays) / lengthDays);
  return {
    priceFactor: 1 + 0.4 * ramp(since("price_inflation"), 14),
    channelShift: 0.45 * ramp(since("channel_shift"), 7),
    newFraudPattern: since("new_fraud_pattern") >= 0,
    fraudFactor: since("fraud_surge") >= 0 ? 2 : 1,
    newCategoryShare: since("new_merchant_category") >= 0 ? 0.12 : 0,
    countryShift: since("country_mix") >= 0 ? 0.25 : 0,
    missingShare: since("missing_attributes") >= 0 ? 0.5 : 0,
    labelDelayFactor: since("label_delay") >= 0 ? 2.5 : 1,
  };
}
