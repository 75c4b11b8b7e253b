import { createRng, type Rng } from "../math/seeded-random.ts";
import { scrambledId } from "./hash.ts";
import { categoryAt, type MerchantCategory, merchantCategories } from "./merchant-category.ts";
import { placeAt, places } from "./places.ts";
import { choose, weightedChoice } from "./weighted-choice.ts";

export type Merchant = {
  readonly id: string;
  readonly category: MerchantCategory;
  readonly place: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly priceLevel: number; // multiplies every amount
  readonly popularity: number; // visits, against a merchant of weight one
};

/** The first merchants of every world, so that even a tiny one sells on a site, in a shop, by transfer and in cash. */
const FIRST_CATEGORIES = ["5399", "5411", "4829", "6011", "5815", "5812"];

export function createMerchants(seed: number, count: number): Merchant[] {
  const rng = createRng(`${seed}:merchants`);
  const trades = weightedChoice([...merchantCategories.keys()], (index) => categoryAt(index).merchantWeight);
  const seats = weightedChoice([...places.keys()], (index) => {
    const { homeWeight, visitWeight } = placeAt(index);
    return homeWeight + 0.25 * visitWeight;
  });
  return Array.from({ length: count }, (_, n) => {
    const fixed = merchantCategories.findIndex(({ code }) => code === FIRST_CATEGORIES[n]);
    const category = categoryAt(fixed >= 0 ? fixed : choose(trades, rng.next()));
    return createMerchant(scrambledId("mer", seed, n), { category, place: choose(seats, rng.next()), rng });
  });
}

function createMerchant(
  id: string,
  { category, place, rng }: { category: MerchantCategory; place: number; rng: Rng },
): Merchant {
  const { latitude, longitude } = placeAt(place);
  return {
    id,
    category,
    place,
    latitude: latitude + rng.normal() * 0.04,
    longitude: longitude + rng.normal() * 0.06,
    priceLevel: Math.exp(rng.normal() * 0.35),
    popularity: category.visitWeight * Math.exp(rng.normal() * 0.8),
  };
}
