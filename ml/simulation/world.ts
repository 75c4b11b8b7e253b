import { type Customer, createCustomers } from "./customer.ts";
import { hashUnit } from "./hash.ts";
import { createMerchants, type Merchant } from "./merchant.ts";
import type { Outlet } from "./merchant-category.ts";
import { places } from "./places.ts";
import { choose, type WeightedChoice, weightedChoice } from "./weighted-choice.ts";

export type WorldOptions = {
  readonly seed: number;
  readonly customers: number;
  readonly merchants: number;
};

/** Who pays and who is paid, and where each may be found. Nothing in it changes with time. */
export type World = {
  readonly seed: number;
  readonly customers: readonly Customer[];
  readonly merchants: readonly Merchant[];
  readonly shopsByPlace: readonly WeightedChoice[]; // merchant indices a person can walk into, by place index
  readonly sites: WeightedChoice;
  readonly lootSites: WeightedChoice; // the same sites, as thieves like them
  readonly transferAgents: WeightedChoice;
  readonly purelyOnline: WeightedChoice;
};

/**
 * Draws the customers and merchants of a seed. Equal options give equal worlds.
 * @throws RangeError when the seed is not an integer, or there is not at least one customer and one merchant.
 */
export function createWorld({ seed, customers, merchants }: WorldOptions): World {
  if (!Number.isSafeInteger(seed)) throw new RangeError("seed must be an integer");
  if (!(customers >= 1 && merchants >= 1)) throw new RangeError("a world needs a customer and a merchant");
  const sellers = createMerchants(seed, merchants);
  const indices = [...sellers.keys()];
  const popularity = (index: number): number => merchantAt(sellers, index).popularity;
  const selling = (...outlets: Outlet[]): number[] =>
    indices.filter((index) => outlets.includes(merchantAt(sellers, index).category.outlet));
  const shops = selling("shop", "both", "atm");
  const online = selling("site", "both", "transfer");
  const sites = online.length > 0 ? online : indices;
  const transfers = selling("transfer");
  const websites = selling("site");
  return {
    seed,
    customers: createCustomers(seed, customers),
    merchants: sellers,
    shopsByPlace: places.map((_, place) =>
      weightedChoice(
        shops.filter((index) => merchantAt(sellers, index).place === place),
        popularity,
      ),
    ),
    sites: weightedChoice(sites, popularity),
    lootSites: weightedChoice(
      sites,
      (index) => Math.sqrt(popularity(index)) * merchantAt(sellers, index).category.resaleWeight,
    ),
    transferAgents: weightedChoice(transfers.length > 0 ? transfers : sites, popularity),
    purelyOnline: weightedChoice(websites.length > 0 ? websites : sites, popularity),
  };
}

/** The merchant of an index. @throws RangeError when there is none. */
function merchantAt(merchants: readonly Merchant[], index: number): Merchant {
  const merchant = merchants[index];
  if (merchant === undefined) throw new RangeError(`no merchant ${index}`);
  return merchant;
}

/** A merchant drawn from one of the world's choices. */
export function chooseMerchant(world: World, choice: WeightedChoice, unit: number): Merchant {
  return merchantAt(world.merchants, choose(choice, unit));
}

/** A customer drawn evenly. */
export function anyCustomer(world: World, unit: number): Customer {
  const customer = world.customers[Math.floor(unit * world.customers.length)];
  if (customer === undefined) throw new RangeError("unit must lie in [0, 1)");
  return customer;
}

/**
 * The n-th of a customer's favourite shops or sites: a handful of merchants that stay the same for ever.
 * Null where the customer's town has no shop.
 */
export function favouriteMerchant(
  world: World,
  customer: Customer,
  { kind, n }: { kind: "shop" | "site"; n: number },
): Merchant | null {
  const choice = kind === "site" ? world.sites : world.shopsByPlace[customer.place];
  if (choice === undefined || choice.total === 0) return null;
  const unit = hashUnit(customer.key, n, kind === "site" ? 71 : 72);
  return chooseMerchant(world, choice, unit);
}
