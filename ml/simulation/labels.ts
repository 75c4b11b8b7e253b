import type { Rng } from "../math/seeded-random.ts";
import type { FraudKind } from "./fraud-kind.ts";

export const simulatedLabelSources = ["chargeback", "customer_report", "issuer_alert"] as const;
export type SimulatedLabelSource = (typeof simulatedLabelSources)[number];

/** What the outside world will say of a payment, and when it will be known. */
export type SimulatedLabel = {
  readonly label: "fraud" | "legitimate";
  readonly source: SimulatedLabelSource;
  readonly recordedAtMs: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEVER_REPORTED = 0.04;
const FALSE_DISPUTES = 0.0001;
const CONFIRMED_BY_CUSTOMER = 0.0004;

/** Chances of chargeback and customer report; the issuer's alert has the rest. */
const sourceMix = {
  card_testing: [0.2, 0.2],
  stolen_card: [0.45, 0.35],
  merchant_compromise: [0.5, 0.15],
  account_takeover: [0.3, 0.6],
  friendly_fraud: [1, 0],
  scam_transfer: [0.1, 0.9],
} as const satisfies Record<FraudKind, readonly [number, number]>;

/**
 * The label a payment will get, or null for the most of them, which nobody ever judges. A few frauds are never
 * reported, except friendly fraud, which is a dispute by nature; a few legitimate payments are disputed wrongly,
 * and a few are confirmed by the customer after the issuer asked.
 */
export function drawLabel(fraudKind: FraudKind | null, paidAtMs: number, rng: Rng): SimulatedLabel | null {
  const chance = rng.next();
  if (fraudKind === null) {
    if (chance < FALSE_DISPUTES) return labelled(rng, paidAtMs, { label: "fraud", source: "chargeback" });
    if (chance < FALSE_DISPUTES + CONFIRMED_BY_CUSTOMER) {
      return labelled(rng, paidAtMs, { label: "legitimate", source: "customer_report" });
    }
    return null;
  }
  if (chance < NEVER_REPORTED && fraudKind !== "friendly_fraud") return null;
  const [chargebacks, reports] = sourceMix[fraudKind];
  const pick = rng.next();
  if (pick < chargebacks) return labelled(rng, paidAtMs, { label: "fraud", source: "chargeback" });
  const source = pick < chargebacks + reports ? "customer_report" : "issuer_alert";
  return labelled(rng, paidAtMs, { label: "fraud", source });
}

/**
 * Delay from payment to label in ms. Chargebacks: log-normal, median 9 days, half a day to 45. Customers: within
 * 5 days, mostly soon. Issuers: log-normal, median 14 hours, half an hour to 3 days. Tails are drawn again.
 */
export function drawLabelDelayMs(source: SimulatedLabelSource, rng: Rng): number {
  if (source === "customer_report") return Math.ceil((5 * DAY_MS - 60_000) * rng.next() ** 1.7) + 60_000;
  if (source === "chargeback") {
    return logNormalWithin(rng, { median: 9 * DAY_MS, sigma: 0.75, least: DAY_MS / 2, most: 45 * DAY_MS });
  }
  return logNormalWithin(rng, { median: 14 * HOUR_MS, sigma: 0.9, least: HOUR_MS / 2, most: 3 * DAY_MS });
}

function labelled(
  rng: Rng,
  paidAtMs: number,
  verdict: Pick<SimulatedLabel, "label" | "source">,
): SimulatedLabel {
  return { ...verdict, recordedAtMs: paidAtMs + drawLabelDelayMs(verdict.source, rng) };
}

function logNormalWithin(
  rng: Rng,
  { median, sigma, least, most }: { median: number; sigma: number; least: number; most: number },
): number {
  for (;;) {
    const value = Math.round(median * Math.exp(sigma * rng.normal()));
    if (value >= least && value <= most) return value;
  }
}
