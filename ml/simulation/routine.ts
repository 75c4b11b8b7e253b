import type { Rng } from "../math/seeded-random.ts";
import type { Customer } from "./customer.ts";
import { type Draft, draftPayment } from "./draft.ts";
import type { DriftState } from "./drift.ts";
import type { Merchant } from "./merchant.ts";
import { whereabouts } from "./presence.ts";
import { chooseMerchant, favouriteMerchant, type World } from "./world.ts";

const FAVOURITE_SHARE = 0.6;

/** Everything a payment is drawn from besides the payer. */
export type Scene = { readonly world: World; readonly drift: DriftState; readonly rng: Rng };

/**
 * One ordinary payment of a customer, as their habits have it. With probability `regretShare`, if it is bought
 * online, the customer will dispute it: friendly fraud, which differs from the rest in nothing that can be seen.
 */
export function routinePayment(
  { world, drift, rng }: Scene,
  customer: Customer,
  { atMs, regretShare }: { atMs: number; regretShare: number },
): Draft {
  const shifted = customer.onlineShare + (1 - customer.onlineShare) * drift.channelShift;
  const wantsOnline = rng.next() < shifted;
  const shop = wantsOnline ? null : chooseShop(world, customer, { place: whereabouts(customer, atMs), rng });
  const online = shop === null;
  const merchant = shop ?? chooseSite(world, customer, rng);
  const regretted = online && rng.next() < regretShare;
  return draftPayment(
    {
      customer,
      merchant,
      atMs,
      online,
      amountFactor: drift.priceFactor,
      ...(regretted ? { fraudKind: "friendly_fraud" as const } : {}),
    },
    rng,
  );
}

/** A shop where the customer is: a favourite one when at home, most times. Null where there is none. */
export function chooseShop(
  world: World,
  customer: Customer,
  { place, rng }: { place: number; rng: Rng },
): Merchant | null {
  if (place === customer.place && rng.next() < FAVOURITE_SHARE) {
    return favouriteMerchant(world, customer, { kind: "shop", n: favouriteRank(rng) });
  }
  const shops = world.shopsByPlace[place];
  return shops === undefined || shops.total === 0 ? null : chooseMerchant(world, shops, rng.next());
}

function chooseSite(world: World, customer: Customer, rng: Rng): Merchant {
  const favourite =
    rng.next() < FAVOURITE_SHARE
      ? favouriteMerchant(world, customer, { kind: "site", n: favouriteRank(rng) })
      : null;
  return favourite ?? chooseMerchant(world, world.sites, rng.next());
}

/** Rank of a favourite among eight, the first ones more often. */
function favouriteRank(rng: Rng): number {
  return Math.floor(8 * rng.next() ** 1.6);
}
