import { expect, test } from "vitest";
import { createRng } from "../math/seeded-random.ts";
import { drawAttributes, honestManner, type Manner } from "./attributes.ts";
import { channelOf, draftPayment, tillPresence } from "./draft.ts";
import { createWorld } from "./world.ts";

const world = createWorld({ seed: 5, customers: 200, merchants: 100 });
const [customer] = world.customers;
const AT_MS = Date.UTC(2026, 7, 1, 12);

function merchantOf(code: string): (typeof world.merchants)[number] {
  const found = world.merchants.find(({ category }) => category.code === code);
  if (found === undefined || customer === undefined) throw new Error(`no merchant of ${code}`);
  return found;
}

function draftsAt(code: string, count: number, amountFactor = 1): ReturnType<typeof draftPayment>[] {
  if (customer === undefined) throw new Error("no customer");
  const rng = createRng(`draft:${code}`);
  const purchase = { customer, merchant: merchantOf(code), atMs: AT_MS, online: true, amountFactor };
  return Array.from({ length: count }, () => draftPayment(purchase, rng));
}

test("the trade decides the channel, and where it sells both ways the payer does", () => {
  expect(channelOf(merchantOf("5411"), true)).toBe("card_present");
  expect(channelOf(merchantOf("5399"), false)).toBe("ecommerce");
  expect(channelOf(merchantOf("6011"), true)).toBe("atm");
  expect(channelOf(merchantOf("4829"), false)).toBe("transfer");
});

test("a till reports its merchant's place and no address", () => {
  const merchant = merchantOf("5411");
  const { latitude, longitude, ip } = tillPresence(merchant, null);
  expect([latitude, longitude, ip]).toEqual([merchant.latitude, merchant.longitude, null]);
});

test("amounts are whole minor units above zero, and cash comes in tens", () => {
  for (const { payment } of draftsAt("5815", 500)) {
    expect(Number.isSafeInteger(payment.amountMinor) && payment.amountMinor >= 50).toBe(true);
  }
  for (const { payment } of draftsAt("6011", 500)) expect(payment.amountMinor % 1000).toBe(0);
});

test("the middle amount follows trade, prices and purse, and grows with the factor", () => {
  const merchant = merchantOf("5399");
  const middle = (factor: number): number =>
    draftsAt("5399", 2001, factor)
      .map(({ payment }) => payment.amountMinor)
      .sort((a, b) => a - b)[1000] ?? 0;
  const currencyRates = { EUR: 1, GBP: 0.86, CHF: 0.95 };
  const currency = draftsAt("5399", 1)[0]?.payment.currency as keyof typeof currencyRates;
  const expected =
    merchant.category.medianMinor *
    merchant.priceLevel *
    (customer?.spendLevel ?? 0) *
    currencyRates[currency];
  expect(Math.abs(middle(1) / expected - 1)).toBeLessThan(0.1);
  expect(Math.abs(middle(2) / middle(1) - 2)).toBeLessThan(0.1);
});

test("each channel sends its own attributes and nothing that the API forbids", () => {
  const draw = (channel: "card_present" | "ecommerce" | "transfer" | "atm"): string[] =>
    Object.keys(drawAttributes(channel, honestManner, { emailAgeDays: 100, rng: createRng(1) })).sort();
  expect(draw("card_present")).toEqual(["entryMode"]);
  expect(draw("atm")).toEqual(["entryMode"]);
  expect(draw("ecommerce")).toEqual(["avsMatch", "emailAgeDays", "entryMode", "sessionSeconds", "threeDs"]);
  expect(draw("transfer")).toEqual(["emailAgeDays", "entryMode", "newPayee", "sessionSeconds"]);
});

test("a manner's chances are the shares seen", () => {
  const rng = createRng("manner");
  const manner: Manner = { ...honestManner, addressMatches: 0.6, threeDs: 0, freshEmail: 1 };
  const drawn = Array.from({ length: 4000 }, () =>
    drawAttributes("ecommerce", manner, { emailAgeDays: 900, rng }),
  );
  const matches = drawn.filter(({ avsMatch }) => avsMatch === 1).length;
  expect(Math.abs(matches / 4000 - 0.6)).toBeLessThan(0.03);
  expect(drawn.every(({ threeDs }) => threeDs === false)).toBe(true);
  expect(drawn.every(({ emailAgeDays }) => Number(emailAgeDays) < 20)).toBe(true);
});
