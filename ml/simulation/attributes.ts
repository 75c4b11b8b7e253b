import type { AttributeValue } from "../features/payment-event.ts";
import type { Rng } from "../math/seeded-random.ts";
import type { Channel } from "./draft.ts";

/** Chances behind the attributes of a payment. Honest and fraudulent payers differ in them only by degree. */
export type Manner = {
  readonly addressMatches: number;
  readonly threeDs: number;
  readonly freshEmail: number;
  readonly newPayee: number;
  readonly magneticStripe: number;
  readonly sessionMedianSeconds: number;
};

export const honestManner: Manner = {
  addressMatches: 0.91,
  threeDs: 0.45,
  freshEmail: 0.02,
  newPayee: 0.22,
  magneticStripe: 0.04,
  sessionMedianSeconds: 210,
};

/**
 * The attributes an integration would send with a payment of this channel: `entryMode` everywhere; online also
 * `sessionSeconds` and `emailAgeDays`, by card `avsMatch` (1 or 0) and `threeDs`, by transfer `newPayee`.
 */
export function drawAttributes(
  channel: Channel,
  manner: Manner,
  { emailAgeDays, rng }: { emailAgeDays: number; rng: Rng },
): Record<string, AttributeValue> {
  if (channel === "card_present") return { entryMode: terminalEntry(manner, rng) };
  if (channel === "atm") return { entryMode: rng.next() < manner.magneticStripe ? "magstripe" : "chip" };
  const online = {
    entryMode: "online",
    emailAgeDays: rng.next() < manner.freshEmail ? rng.integer(20) : emailAgeDays,
    sessionSeconds: Math.ceil(manner.sessionMedianSeconds * Math.exp(0.8 * rng.normal())),
  };
  if (channel === "transfer") return { ...online, newPayee: rng.next() < manner.newPayee };
  return {
    ...online,
    avsMatch: rng.next() < manner.addressMatches ? 1 : 0,
    threeDs: rng.next() < manner.threeDs,
  };
}

function terminalEntry(manner: Manner, rng: Rng): string {
  if (rng.next() < manner.magneticStripe) return "magstripe";
  return rng.next() < 0.7 ? "contactless" : "chip";
}
