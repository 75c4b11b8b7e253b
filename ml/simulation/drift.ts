export const driftKinds = ["price_inflation", "new_fraud_pattern", "channel_shift"] as const;
export type DriftKind = (typeof driftKinds)[number];

/** A lasting change of the world that begins `fromDay` days after the start of the simulation. */
export type Drift = { readonly kind: DriftKind; readonly fromDay: number };

/** How the world has changed at a moment. */
export type DriftState = {
  readonly priceFactor: number; // on every legitimate amount
  readonly channelShift: number; // share of shop purchases that moved online
  readonly newFraudPattern: boolean;
};

const DAY_MS = 86_400_000;

/**
 * The world's change at `atMs`: prices rise by 40 % over two weeks, 45 % of shop purchases move online over one
 * week, and the new fraud pattern is there at once.
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
  };
}
