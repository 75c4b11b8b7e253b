import { expect, test } from "vitest";
import { PAYMENTS_PER_CUSTOMER_DAY } from "./customer.ts";
import { placeAt } from "./places.ts";
import { chooseMerchant, createWorld, favouriteMerchant } from "./world.ts";

const world = createWorld({ seed: 11, customers: 1000, merchants: 400 });

test("equal options make equal worlds, and another seed makes another", () => {
  expect(createWorld({ seed: 11, customers: 1000, merchants: 400 })).toEqual(world);
  const other = createWorld({ seed: 12, customers: 1000, merchants: 400 });
  expect(other.customers[0]?.id).not.toBe(world.customers[0]?.id);
});

test("ids are distinct, have a letter and are short", () => {
  const ids = [...world.customers, ...world.merchants].map(({ id }) => id);
  expect(new Set(ids).size).toBe(1400);
  for (const id of ids) expect(id).toMatch(/^(cus|mer)_[0-9a-z]{1,7}$/);
});

test("customers live in many cities and countries, most of them where the euro is", () => {
  const countries = world.customers.map(({ place }) => placeAt(place).country);
  expect(new Set(countries).size).toBeGreaterThanOrEqual(8);
  const outside = countries.filter((country) => country === "GB" || country === "CH").length;
  expect(outside / countries.length).toBeGreaterThan(0.03);
  expect(outside / countries.length).toBeLessThan(0.2);
});

test("customers together pay at the natural rate, some far more often than others", () => {
  const rates = world.customers.map(({ paymentsPerDay }) => paymentsPerDay).sort((a, b) => a - b);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  expect(mean).toBeCloseTo(PAYMENTS_PER_CUSTOMER_DAY, 10);
  expect((rates[900] ?? 0) / (rates[100] ?? 1)).toBeGreaterThan(3);
});

test("a customer has one or two cards and one to three devices", () => {
  for (const { cards, deviceSlots } of world.customers) {
    expect([1, 2]).toContain(cards.length);
    expect([1, 2, 3]).toContain(deviceSlots);
  }
});

test("favourites stay the same, and favourite shops are in the customer's town", () => {
  for (const customer of world.customers.slice(0, 100)) {
    const shop = favouriteMerchant(world, customer, { kind: "shop", n: 1 });
    expect(favouriteMerchant(world, customer, { kind: "shop", n: 1 })).toBe(shop);
    if (shop !== null) expect(shop.place).toBe(customer.place);
  }
});

test("even a world of one customer and one merchant has somewhere to buy", () => {
  const tiny = createWorld({ seed: 1, customers: 1, merchants: 1 });
  for (const choice of [tiny.sites, tiny.lootSites, tiny.transferAgents, tiny.purelyOnline]) {
    expect(chooseMerchant(tiny, choice, 0.5)).toBe(tiny.merchants[0]);
  }
});

test("a world without customers or merchants, or with a broken seed, is refused", () => {
  expect(() => createWorld({ seed: 1, customers: 0, merchants: 5 })).toThrow(RangeError);
  expect(() => createWorld({ seed: 1, customers: 5, merchants: 0 })).toThrow(RangeError);
  expect(() => createWorld({ seed: 0.5, customers: 5, merchants: 5 })).toThrow(RangeError);
});
