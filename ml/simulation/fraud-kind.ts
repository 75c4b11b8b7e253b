/**
 * What kind of fraud a simulated payment is. Known to the simulator and to evaluations of it only: no field of
 * the payment carries it. `scam_transfer` appears only under the drift "new_fraud_pattern".
 */
export const fraudKinds = [
  "card_testing",
  "stolen_card",
  "merchant_compromise",
  "account_takeover",
  "friendly_fraud",
  "scam_transfer",
] as const;
export type FraudKind = (typeof fraudKinds)[number];

/** Share of all fraudulent payments each kind has while nothing drifts. Sums to one. */
export const fraudMix = {
  card_testing: 0.27,
  stolen_card: 0.32,
  merchant_compromise: 0.16,
  account_takeover: 0.16,
  friendly_fraud: 0.09,
  scam_transfer: 0,
} as const satisfies Record<FraudKind, number>;

/** The mix once criminals have moved on to talking customers into paying them. */
export const driftedFraudMix = {
  card_testing: 0.17,
  stolen_card: 0.18,
  merchant_compromise: 0.11,
  account_takeover: 0.1,
  friendly_fraud: 0.09,
  scam_transfer: 0.35,
} as const satisfies Record<FraudKind, number>;
