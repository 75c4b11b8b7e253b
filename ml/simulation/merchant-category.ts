/** How a merchant sells: in a shop, on a site, both, by transfer or by cash machine. */
export type Outlet = "shop" | "site" | "both" | "transfer" | "atm";

/** A line of trade: its ISO 18245 code, typical amount in euro cents, spread (sigma of the logarithm) and weights. */
export type MerchantCategory = {
  readonly code: string;
  readonly name: string;
  readonly outlet: Outlet;
  readonly medianMinor: number;
  readonly sigma: number;
  readonly merchantWeight: number; // share of merchants
  readonly visitWeight: number; // visits to a merchant of this trade
  readonly resaleWeight: number; // how gladly thieves buy here: what resells or cannot be taken back
};

export const merchantCategories: readonly MerchantCategory[] = [
  category("5411", "groceries", "shop", [2900, 0.7], [14, 12, 0.4]),
  category("5812", "restaurants", "shop", [3100, 0.55], [13, 6, 0.4]),
  category("5814", "fast food", "shop", [1150, 0.5], [9, 8, 0.2]),
  category("5541", "fuel", "shop", [5200, 0.4], [6, 5, 1]),
  category("5912", "pharmacies", "both", [1900, 0.7], [5, 4, 0.4]),
  category("5311", "department stores", "both", [4800, 0.8], [6, 4, 1.5]),
  category("5651", "clothing", "both", [5600, 0.7], [8, 3, 1.5]),
  category("5732", "electronics", "both", [11500, 1], [5, 2, 4]),
  category("5942", "books", "both", [2100, 0.6], [3, 2, 0.3]),
  category("5815", "digital goods", "site", [950, 0.7], [6, 6, 1.5]),
  category("5816", "games", "site", [1300, 0.9], [4, 4, 1.5]),
  category("4899", "streaming", "site", [1250, 0.25], [3, 6, 0.3]),
  category("5399", "marketplaces", "site", [3900, 0.9], [5, 9, 2]),
  category("4111", "transport", "shop", [640, 0.5], [4, 9, 0.2]),
  category("4511", "airlines", "site", [21000, 0.7], [2, 1.2, 3]),
  category("7011", "hotels", "both", [15500, 0.6], [5, 1, 1.5]),
  category("5944", "jewellery", "both", [15000, 0.9], [3, 0.6, 3]),
  category("5947", "gifts", "both", [2900, 0.7], [3, 1.5, 2.5]),
  category("6011", "cash machines", "atm", [9000, 0.6], [4, 6, 2]),
  category("4829", "money transfer", "transfer", [13500, 1.1], [3, 4, 3]),
];

/** The category of an index. @throws RangeError when there is none. */
export function categoryAt(index: number): MerchantCategory {
  const found = merchantCategories[index];
  if (found === undefined) throw new RangeError(`no merchant category ${index}`);
  return found;
}

function category(
  code: string,
  name: string,
  outlet: Outlet,
  [medianMinor, sigma]: [number, number],
  [merchantWeight, visitWeight, resaleWeight]: [number, number, number],
): MerchantCategory {
  return { code, name, outlet, medianMinor, sigma, merchantWeight, visitWeight, resaleWeight };
}
