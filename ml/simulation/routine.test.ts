import { expect, test } from "vitest";
import { createRng } from "../math/seeded-random.ts";
import { driftAt } from "./drift.ts";
import { whereabouts } from "./presence.ts";
import { chooseShop, routinePayment, type Scene } from "./routine.ts";
import { createWorld } from "./world.ts";

const world = createWorld({ seed: 23, customers: 300, merchants: 200 });
const AT_MS = Date.UTC(2026, 7, 5, 15);
const calm = driftAt([], 0, 0);
const scene = (seed: string, drift = calm): Scene => ({ world, drift, rng: createRng(seed) });

test("without regret nothing is fraud, and with certain regret exactly the online purchases are", () => {
  const honest = scene("honest");
  const regretful = scene("regretful");
  for (const customer of world.customers) {
    expect(routinePayment(honest, customer, { atMs: AT_MS, regretShare: 0 }).fraudKind).toBeNull();
    const { fraudKind, payment } = routinePayment(regretful, customer, { atMs: AT_MS, regretShare: 1 });
    if (payment.channel === "card_present") expect(fraudKind).toBeNull();
    if (payment.merchantCategory === "5399") expect(fraudKind).toBe("friendly_fraud");
  }
});

test("friendly fraud is drawn as any payment is: only its label differs", () => {
  const shares = { ecommerce: 0, regretted: 0 };
  const amounts: number[][] = [[], []];
  const mixed = scene("mixed");
  for (let n = 0; n < 6000; n++) {
    const customer = world.customers[n % 300];
    if (customer === undefined) continue;
    const { payment, fraudKind } = routinePayment(mixed, customer, { atMs: AT_MS, regretShare: 0.5 });
    if (payment.channel !== "ecommerce") continue;
    shares.ecommerce++;
    if (fraudKind !== null) shares.regretted++;
    amounts[fraudKind === null ? 0 : 1]?.push(Math.log(payment.amountMinor));
  }
  expect(Math.abs(shares.regretted / shares.ecommerce - 0.5)).toBeLessThan(0.05);
  const mean = (values: readonly number[] = []): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean(amounts[0]) - mean(amounts[1]))).toBeLessThan(0.12);
});

test("a shop is in the place where the customer is, at home or away", () => {
  const { rng } = scene("shops");
  for (const customer of world.customers) {
    for (const place of [customer.place, whereabouts(customer, AT_MS), 20]) {
      const shop = chooseShop(world, customer, { place, rng });
      if (shop !== null) expect(shop.place).toBe(place);
    }
  }
});

test("when all purchases have moved online nobody is left at a till", () => {
  const moved = scene("moved", { ...calm, channelShift: 1 });
  for (const customer of world.customers) {
    const { payment } = routinePayment(moved, customer, { atMs: AT_MS, regretShare: 0 });
    expect(payment.channel).not.toBe("card_present");
    expect(payment.channel).not.toBe("atm");
  }
});
