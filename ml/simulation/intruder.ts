import type { Rng } from "../math/seeded-random.ts";
import { honestManner, type Manner } from "./attributes.ts";
import { hash32, token } from "./hash.ts";
import { placeAt } from "./places.ts";
import { ipFrom, type Presence, visitedPlace } from "./presence.ts";

/**
 * Where a thief appears to be: a device and an address that look like anybody's, in a place that travellers go
 * to too, or, with probability `nearVictim`, in the victim's own city by way of a proxy there.
 */
export function intruderPresence(
  rng: Rng,
  { victimPlace, nearVictim }: { victimPlace: number; nearVictim: number },
): Presence {
  const place = placeAt(rng.next() < nearVictim ? victimPlace : visitedPlace(rng.next()));
  const bits = Math.floor(rng.next() * 0x1_0000_0000);
  return {
    deviceId: rng.next() < 0.25 ? null : token("dev", bits, 61),
    ip: ipFrom(hash32(bits, 62)),
    country: place.country,
    latitude: place.latitude + rng.normal() * 0.08,
    longitude: place.longitude + rng.normal() * 0.1,
  };
}

/** A thief with a card number but not the owner's address, hurried, and rarely asked for a second factor. */
export const thiefManner: Manner = {
  ...honestManner,
  addressMatches: 0.5,
  threeDs: 0.15,
  freshEmail: 0.35,
  newPayee: 0.8,
  magneticStripe: 0.4,
  sessionMedianSeconds: 95,
};

/** One who has taken over the account itself: address and all are right, the mailbox sometimes new. */
export const takeoverManner: Manner = {
  ...honestManner,
  addressMatches: 0.8,
  threeDs: 0.25,
  freshEmail: 0.4,
  newPayee: 0.85,
  sessionMedianSeconds: 110,
};
