import { type Campaign, DAY_MS, HOUR_MS, MINUTE_MS, wait } from "./campaign.ts";
import { draftPayment, tillPresence } from "./draft.ts";
import type { FraudKind } from "./fraud-kind.ts";
import { intruderPresence, takeoverManner, thiefManner } from "./intruder.ts";
import { onlinePresence, visitedPlace } from "./presence.ts";
import type { Scene } from "./routine.ts";
import { anyCustomer, chooseMerchant } from "./world.ts";

/** Kinds of fraud that come as campaigns; friendly fraud arises from routine payments instead. */
export type CampaignKind = Exclude<FraudKind, "friendly_fraud">;

/** Tiny amounts on many stolen cards, minutes apart, at one merchant or a few, from a device or a rotating set. */
const cardTesting: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const targets = Array.from({ length: 1 + rng.integer(3) }, () =>
    chooseMerchant(world, world.purelyOnline, rng.next()),
  );
  const rotateAfter = rng.next() < 0.5 ? size : 1 + rng.integer(4);
  const paceMs = MINUTE_MS * (0.3 + 6 * rng.next() ** 2);
  let atMs = startMs;
  let presence = intruderPresence(rng, { victimPlace: 0, nearVictim: 0 });
  return Array.from({ length: size }, (_, n) => {
    atMs += wait(scene, paceMs);
    const customer = anyCustomer(world, rng.next());
    if (n % rotateAfter === 0)
      presence = intruderPresence(rng, { victimPlace: customer.place, nearVictim: 0.3 });
    const merchant = targets[n % targets.length] ?? chooseMerchant(world, world.sites, rng.next());
    const amountMinor = 50 + Math.floor(rng.next() ** 1.5 * 600);
    return draftPayment(
      {
        customer,
        merchant,
        atMs,
        online: true,
        fraudKind: "card_testing",
        presence,
        manner: thiefManner,
        amountMinor,
      },
      rng,
    );
  });
};

/** A spree on one card: in shops far away or round the corner, or on sites from an unknown device. */
const stolenCard: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const customer = anyCustomer(world, rng.next());
  const inShops = rng.next() < 0.4;
  const place = rng.next() < 0.35 ? customer.place : visitedPlace(rng.next());
  const shops = world.shopsByPlace[place];
  const thief = intruderPresence(rng, { victimPlace: customer.place, nearVictim: 0.35 });
  const paceMs = HOUR_MS * (0.2 + 6 * rng.next() ** 3);
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, paceMs);
    const fromShop = inShops && shops !== undefined && shops.total > 0;
    const merchant = chooseMerchant(world, fromShop ? shops : world.lootSites, rng.next());
    return draftPayment(
      {
        customer,
        merchant,
        atMs,
        online: !fromShop,
        fraudKind: "stolen_card",
        presence: fromShop ? tillPresence(merchant, null) : thief,
        manner: thiefManner,
        amountFactor: 1.1 + 2.4 * rng.next(),
      },
      rng,
    );
  });
};

/** Cards that leaked at one merchant, used there for some days, by several hands and for usual amounts. */
const merchantCompromise: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const merchant = chooseMerchant(world, world.sites, rng.next());
  const spanMs = (3 + 6 * rng.next()) * DAY_MS;
  return Array.from({ length: size }, () => {
    const customer = anyCustomer(world, rng.next());
    const presence = intruderPresence(rng, { victimPlace: customer.place, nearVictim: 0.45 });
    const atMs = startMs + Math.floor(rng.next() * spanMs);
    return draftPayment(
      {
        customer,
        merchant,
        atMs,
        online: true,
        fraudKind: "merchant_compromise",
        presence,
        manner: thiefManner,
      },
      rng,
    );
  });
};

/** A stranger in the customer's account: transfers and dear goods within hours, from elsewhere. */
const accountTakeover: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const customer = anyCustomer(world, rng.next());
  const presence = intruderPresence(rng, { victimPlace: customer.place, nearVictim: 0.3 });
  const byTransfer = rng.next() < 0.5;
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, HOUR_MS);
    const merchant = chooseMerchant(world, byTransfer ? world.transferAgents : world.lootSites, rng.next());
    const amountFactor = 1.2 + 2.2 * rng.next();
    return draftPayment(
      {
        customer,
        merchant,
        atMs,
        online: true,
        fraudKind: "account_takeover",
        presence,
        manner: takeoverManner,
        amountFactor,
      },
      rng,
    );
  });
};

/** A customer talked into paying: their own device and place, one or two transfers, by day. */
const scamTransfer: Campaign = (scene, { startMs, size }) => {
  const { world, rng } = scene;
  const customer = anyCustomer(world, rng.next());
  const merchant = chooseMerchant(world, world.transferAgents, rng.next());
  let atMs = startMs;
  return Array.from({ length: size }, () => {
    atMs += wait(scene, 10 * HOUR_MS);
    const presence = onlinePresence(customer, atMs, rng.next());
    const amountFactor = 1.5 + 3 * rng.next();
    return draftPayment(
      { customer, merchant, atMs, online: true, fraudKind: "scam_transfer", presence, amountFactor },
      rng,
    );
  });
};

/** Each kind's campaign, with the mean and least number of its payments. */
export const fraudCampaigns = {
  card_testing: { plan: cardTesting, meanSize: 18, leastSize: 5 },
  stolen_card: { plan: stolenCard, meanSize: 3.5, leastSize: 1 },
  merchant_compromise: { plan: merchantCompromise, meanSize: 14, leastSize: 5 },
  account_takeover: { plan: accountTakeover, meanSize: 2.2, leastSize: 1 },
  scam_transfer: { plan: scamTransfer, meanSize: 1.6, leastSize: 1 },
} as const satisfies Record<CampaignKind, { plan: Campaign; meanSize: number; leastSize: number }>;

/** When on a day a campaign starts: half by day and evening, half at any hour. */
export function campaignStart({ rng }: Scene, dayStartMs: number): number {
  const hours = rng.next() < 0.5 ? 24 * rng.next() : 8 + 13 * rng.next();
  return dayStartMs + Math.floor(hours * HOUR_MS);
}
