import fc from "fast-check";
import { expect, test } from "vitest";
import { caseOrigins } from "./case-words.ts";
import { firstTaker, type QueueRouting, type RoutedFacts, takesCase } from "./queue.ts";

const facts: RoutedFacts = {
  origin: "policy",
  currency: "EUR",
  channel: "ecommerce",
  country: "DE",
  merchantCategory: "5732",
  merchantId: "mer_1",
  ruleNames: ["Many cards"],
  amountMinor: 10_000,
  score: 0.5,
  masked: false,
};

const kwd: QueueRouting = { amountCurrency: "KWD", minAmountMinor: 99_505 };

test.each<[string, QueueRouting, Partial<RoutedFacts>, boolean]>([
  ["no condition takes everything", {}, {}, true],
  ["one of the origins", { origins: ["rule", "policy"] }, {}, true],
  ["none of the origins", { origins: ["rule"] }, {}, false],
  ["an empty list takes nothing", { origins: [] }, {}, false],
  ["the currency", { currencies: ["EUR"] }, {}, true],
  ["another currency", { currencies: ["USD", "GBP"] }, {}, false],
  ["the channel", { channels: ["atm", "ecommerce"] }, {}, true],
  ["a channel that was not told", { channels: ["ecommerce"] }, { channel: null }, false],
  ["the country", { countries: ["DE"] }, {}, true],
  ["another country", { countries: ["FR"] }, {}, false],
  ["the merchant category", { merchantCategories: ["5732"] }, {}, true],
  ["a category that was not told", { merchantCategories: ["5732"] }, { merchantCategory: null }, false],
  ["the merchant", { merchantIds: ["mer_1"] }, {}, true],
  ["another merchant", { merchantIds: ["mer_10"] }, {}, false],
  ["one of the rules hit", { ruleNames: ["Night", "Many cards"] }, {}, true],
  ["none of the rules hit", { ruleNames: ["Night"] }, {}, false],
  ["the lowest amount itself", { minAmountMinor: 10_000 }, {}, true],
  ["under the lowest amount", { minAmountMinor: 10_001 }, {}, false],
  ["the highest amount itself", { maxAmountMinor: 10_000 }, {}, true],
  ["over the highest amount", { maxAmountMinor: 9_999 }, {}, false],
  [
    "500.00 of its own currency, in yen",
    { minAmountMinor: 50_000 },
    { currency: "JPY", amountMinor: 500 },
    true,
  ],
  ["and 499 yen are less", { minAmountMinor: 50_000 }, { currency: "JPY", amountMinor: 499 }, false],
  ["500.00 in dinars", { minAmountMinor: 50_000 }, { currency: "KWD", amountMinor: 500_000 }, true],
  ["and 499.999 dinars", { minAmountMinor: 50_000 }, { currency: "KWD", amountMinor: 499_999 }, false],
  ["99.505 dinars, named", kwd, { currency: "KWD", amountMinor: 99_505 }, true],
  ["99.504 dinars, named", kwd, { currency: "KWD", amountMinor: 99_504 }, false],
  ["another currency than the named one", kwd, { amountMinor: 99_505_000 }, false],
  ["the lowest score itself", { minScore: 0.5 }, {}, true],
  ["under the lowest score", { minScore: 0.51 }, {}, false],
  ["the highest score itself", { maxScore: 0.5 }, {}, true],
  ["over the highest score", { maxScore: 0.49 }, {}, false],
  ["no score lies in no range", { minScore: 0 }, { score: null }, false],
  ["all conditions but one", { currencies: ["EUR"], countries: ["DE"], minScore: 0.9 }, {}, false],
  ["a masked case, whatever its score", { minScore: 0.9 }, { masked: true }, true],
  [
    "a masked case's other conditions still hold",
    { minScore: 0.9, countries: ["FR"] },
    { masked: true },
    false,
  ],
  ["an origin would tell that a masked case was explored", { origins: ["policy"] }, { masked: true }, false],
  ["so would a rule", { ruleNames: ["Many cards"] }, { masked: true }, false],
])("routing: %s", (_, routing, given, taken) => {
  expect(takesCase(routing, { ...facts, ...given })).toBe(taken);
});

const words = fc.constantFrom("a", "b", "c");
const some = <T>(value: fc.Arbitrary<T>) => fc.option(fc.array(value, { maxLength: 2 }), { nil: undefined });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const anyRouting = fc
  .record({
    origins: some(fc.constantFrom(...caseOrigins)),
    currencies: some(fc.constantFrom("EUR", "USD")),
    channels: some(words),
    countries: some(words),
    merchantCategories: some(words),
    merchantIds: some(words),
    ruleNames: some(words),
    minAmountMinor: maybe(fc.nat(100)),
    maxAmountMinor: maybe(fc.nat(100)),
    minScore: maybe(unit),
    maxScore: maybe(unit),
  })
  .map(
    (routing): QueueRouting => Object.fromEntries(Object.entries(routing).filter(([, v]) => v !== undefined)),
  );
const anyFacts: fc.Arbitrary<RoutedFacts> = fc.record({
  origin: fc.constantFrom(...caseOrigins),
  currency: fc.constantFrom("EUR", "USD", "GBP"),
  channel: fc.option(words),
  country: fc.option(words),
  merchantCategory: fc.option(words),
  merchantId: words,
  ruleNames: fc.array(words, { maxLength: 2 }),
  amountMinor: fc.nat(100),
  score: fc.option(unit),
  masked: fc.boolean(),
});

test("routing is total: with a queue without conditions behind the others every case has a taker, and the first one", () => {
  fc.assert(
    fc.property(fc.array(anyRouting, { maxLength: 6 }), anyFacts, (routings, given) => {
      const queues = [...routings, {}].map((routing) => ({ routing }));
      const taker = firstTaker(queues, given);
      const takers = queues.filter(({ routing }) => takesCase(routing, given));
      expect(taker).not.toBeNull();
      expect(taker).toBe(takers[0]);
    }),
  );
});

test("where a masked case goes depends on nothing that it hides", () => {
  fc.assert(
    fc.property(anyRouting, anyFacts, anyFacts, (routing, given, other) => {
      const { origin, score, ruleNames } = other;
      const masked = { ...given, masked: true };
      expect(takesCase(routing, { ...masked, origin, score, ruleNames })).toBe(takesCase(routing, masked));
    }),
  );
});
