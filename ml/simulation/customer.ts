import { createRng, type Rng } from "../math/seeded-random.ts";
import { habits } from "./habits.ts";
import { hash32, scrambledId, token } from "./hash.ts";
import { placeAt, places } from "./places.ts";
import { choose, weightedChoice } from "./weighted-choice.ts";

/** Mean number of payments a customer makes a day, bursts and frauds included. */
export const PAYMENTS_PER_CUSTOMER_DAY = 0.67;

export type Customer = {
  readonly id: string;
  readonly key: number; // 32 hashed bits from which everything that changes with time is derived
  readonly place: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly habit: number;
  readonly paymentsPerDay: number;
  readonly spendLevel: number; // multiplies every amount
  readonly onlineShare: number;
  readonly tripChance: number; // of a trip in a stretch of 30 days
  readonly usesVpn: boolean;
  readonly cards: readonly string[];
  readonly deviceSlots: number;
  readonly deviceLifetimeDays: number;
  readonly emailLifetimeDays: number;
};

/** `count` customers, who together pay PAYMENTS_PER_CUSTOMER_DAY each on average. */
export function createCustomers(seed: number, count: number): Customer[] {
  const rng = createRng(`${seed}:customers`);
  const homes = weightedChoice([...places.keys()], (index) => placeAt(index).homeWeight);
  const rhythms = weightedChoice([...habits.keys()], (index) => habits[index]?.weight ?? 0);
  const drawn = Array.from({ length: count }, (_, n) => {
    const place = choose(homes, rng.next());
    return createCustomer(seed, n, { rng, place, habit: choose(rhythms, rng.next()) });
  });
  const mean = drawn.reduce((sum, customer) => sum + customer.paymentsPerDay, 0) / count;
  const scale = PAYMENTS_PER_CUSTOMER_DAY / mean;
  return drawn.map((customer) => ({ ...customer, paymentsPerDay: customer.paymentsPerDay * scale }));
}

function createCustomer(
  seed: number,
  n: number,
  { rng, place, habit }: { rng: Rng; place: number; habit: number },
): Customer {
  const key = hash32(seed, n, 0xc05);
  const { latitude, longitude } = placeAt(place);
  return {
    id: scrambledId("cus", seed, n),
    key,
    place,
    latitude: latitude + rng.normal() * 0.06,
    longitude: longitude + rng.normal() * 0.09,
    habit,
    paymentsPerDay: Math.exp(rng.normal() * 0.7),
    spendLevel: Math.exp(rng.normal() * 0.35),
    onlineShare: 0.1 + 0.65 * rng.next() ** 1.3,
    tripChance: 0.03 + 0.4 * rng.next() ** 2,
    usesVpn: rng.next() < 0.05,
    cards: Array.from({ length: rng.next() < 0.3 ? 2 : 1 }, (_, slot) => token("card", key, slot)),
    deviceSlots: 1 + Math.floor(rng.next() * 2.4),
    deviceLifetimeDays: 250 + rng.integer(650),
    emailLifetimeDays: 500 + rng.integer(3500),
  };
}
