import { type Campaign, HOUR_MS, MINUTE_MS, wait } from "./campaign.ts";
import { draftPayment } from "./draft.ts";
import { whereabouts } from "./presence.ts";
import { chooseShop } from "./routine.ts";
import { anyCustomer, chooseMerchant } from "./world.ts";

/** A day in town: several shops in a few hours, more spent than usual. */
const shoppingDay: Campaign = (scene, { startMs, size }) => {
  const { world, rng, drift } = scene;
  const customer = anyCustomer(world, rng.next());
  const place = whereabouts(customer, startMs);
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, 50 * MINUTE_MS);
    const shop = chooseShop(world, customer, { place, rng });
    const merchant = shop ?? chooseMerchant(world, world.sites, rng.next());
    const amountFactor = drift.priceFactor * (0.8 + 1.2 * rng.next());
    return draftPayment({ customer, merchant, atMs, online: shop === null, amountFactor }, rng);
  });
};

/** Game coins and songs: tiny payments minutes apart at one site. */
const tinyPurchases: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const customer = anyCustomer(world, rng.next());
  const merchant = chooseMerchant(world, world.purelyOnline, rng.next());
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, 9 * MINUTE_MS);
    const amountMinor = [99, 99, 199, 299, 499][rng.integer(5)] ?? 99;
    return draftPayment({ customer, merchant, atMs, online: true, amountMinor }, rng);
  });
};

/** Everybody at one site at once: a sale, or tickets on offer. */
const flashSale: Campaign = (scene, { startMs, size }) => {
  const { world, rng, drift } = scene;
  const merchant = chooseMerchant(world, world.sites, rng.next());
  const spanMs = HOUR_MS * (0.5 + 3 * rng.next());
  return Array.from({ length: size }, () => {
    const atMs = startMs + Math.floor(rng.next() * spanMs);
    const amountFactor = drift.priceFactor * 0.7;
    return draftPayment(
      { customer: anyCustomer(world, rng.next()), merchant, atMs, online: true, amountFactor },
      rng,
    );
  });
};

/** Furniture for a new home, gifts, a wedding: dear things on sites in a day or two. */
const largePurchases: Campaign = (scene, { startMs, size }) => {
  const { world, rng, drift } = scene;
  const customer = anyCustomer(world, rng.next());
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, 4 * HOUR_MS);
    const merchant = chooseMerchant(world, world.lootSites, rng.next());
    const amountFactor = drift.priceFactor * (1 + 2 * rng.next());
    return draftPayment({ customer, merchant, atMs, online: true, amountFactor }, rng);
  });
};

/** Honest episodes that resemble fraud, each with its share of all payments and its size. */
export const honestCampaigns = [
  { plan: shoppingDay, share: 0.02, meanSize: 4, leastSize: 2 },
  { plan: tinyPurchases, share: 0.01, meanSize: 5, leastSize: 2 },
  { plan: flashSale, share: 0.006, meanSize: 20, leastSize: 5 },
  { plan: largePurchases, share: 0.012, meanSize: 2.5, leastSize: 1 },
] as const satisfies readonly { plan: Campaign; share: number; meanSize: number; leastSize: number }[];
