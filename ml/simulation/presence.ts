import type { Customer } from "./customer.ts";
import { hash32, hashUnit, stretchOf, token } from "./hash.ts";
import { placeAt, places } from "./places.ts";
import { choose, weightedChoice } from "./weighted-choice.ts";

/** Where a payment comes from and on what: what geolocation and a device fingerprint would report. */
export type Presence = {
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
};

const DAY_MS = 86_400_000;
const TRIP_CYCLE_MS = 30 * DAY_MS;
const destinations = weightedChoice([...places.keys()], (index) => placeAt(index).visitWeight);

/** Place index where a customer is: home, or away on one of the trips that their key gives them. */
export function whereabouts(customer: Customer, atMs: number): number {
  const cycle = stretchOf(customer.key, TRIP_CYCLE_MS, atMs);
  if (hashUnit(customer.key, cycle.index, 11) >= customer.tripChance) return customer.place;
  const leavesMs = cycle.startMs + hashUnit(customer.key, cycle.index, 12) * 18 * DAY_MS;
  const lengthMs = (1.5 + 9 * hashUnit(customer.key, cycle.index, 13) ** 2) * DAY_MS;
  if (atMs < leavesMs || atMs >= leavesMs + lengthMs) return customer.place;
  return visitedPlace(hashUnit(customer.key, cycle.index, 14));
}

/** A place drawn as travellers, and thieves, spread over the map. */
export function visitedPlace(unit: number): number {
  return choose(destinations, unit);
}

/**
 * A customer paying online. Mostly from one of their devices at home; now and then from a borrowed or blocked
 * one, a phone's network, a hotel or, for a few, a VPN that ends in another country each day.
 */
export function onlinePresence(customer: Customer, atMs: number, unit: number): Presence {
  const day = Math.floor(atMs / DAY_MS);
  const here = whereabouts(customer, atMs);
  const away = here !== customer.place;
  const viaVpn = customer.usesVpn && hashUnit(customer.key, day, 21) < 0.5;
  const seen = viaVpn ? visitedPlace(hashUnit(customer.key, day, 22)) : here;
  const onTheMove = hashUnit(customer.key, Math.floor(unit * 1e6), 24) < 0.25;
  const address =
    away || viaVpn || onTheMove ? hash32(seen, day, hash32(customer.key) % 40) : homeLine(customer, atMs);
  const atHome = seen === customer.place;
  return {
    deviceId: deviceInUse(customer, atMs, unit),
    ip: ipFrom(address),
    country: placeAt(seen).country,
    latitude: atHome ? customer.latitude : placeAt(seen).latitude,
    longitude: atHome ? customer.longitude : placeAt(seen).longitude,
  };
}

/** The device of a payment: null when the browser hides it, a one-off now and then, else one of the customer's. */
function deviceInUse(customer: Customer, atMs: number, unit: number): string | null {
  if (unit < 0.1) return null;
  if (unit < 0.14) return token("dev", customer.key, Math.floor(atMs / DAY_MS), 31);
  const slot = Math.floor(((unit - 0.14) / 0.86) ** 2 * customer.deviceSlots);
  const lifetimeMs = customer.deviceLifetimeDays * DAY_MS;
  const owned = stretchOf(hash32(customer.key, slot, 32), lifetimeMs, atMs);
  return token("dev", customer.key, owned.index, slot);
}

/** Days since the customer's e-mail address was first seen anywhere. */
export function emailAgeDays(customer: Customer, atMs: number): number {
  const address = stretchOf(hash32(customer.key, 41), customer.emailLifetimeDays * DAY_MS, atMs);
  return Math.floor((atMs - address.startMs) / DAY_MS);
}

/**
 * An address of the documentation ranges (RFC 5737, RFC 3849) for 32 bits: one in four is version 4, where
 * the ranges hold 768 addresses, so that many customers share one, as behind a carrier's NAT.
 */
export function ipFrom(bits: number): string {
  if (bits % 4 === 0) {
    const network = ["192.0.2", "198.51.100", "203.0.113"][(bits >>> 2) % 3];
    return `${network}.${(bits >>> 8) & 255}`;
  }
  return `2001:db8:${(bits >>> 16).toString(16)}::${(bits & 0xffff).toString(16)}`;
}

function homeLine(customer: Customer, atMs: number): number {
  const leaseMs = (20 + (customer.key % 160)) * DAY_MS;
  return hash32(customer.key, stretchOf(hash32(customer.key, 51), leaseMs, atMs).index, 52);
}
