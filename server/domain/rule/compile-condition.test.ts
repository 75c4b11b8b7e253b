import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition, conditionProblem } from "./compile-condition.ts";
import { FALSE, TRUE, UNKNOWN } from "./truth.ts";
import type { RulePayment } from "./vocabulary.ts";

const vocabulary = {
  features: [
    { name: "customer_count_1h", unit: "count", text: "payments of this customer in the last hour" },
    { name: "customer_sum_1d", unit: "minor", text: "spent by this customer in a day" },
    { name: "is_night", unit: "flag", text: "at night" },
    { name: "country", unit: "category", text: "country" },
    { name: "merchant_category", unit: "category", text: "category" },
  ],
};
const payment: RulePayment = {
  amountMinor: 50_000,
  currency: "EUR",
  customerId: "cus_1",
  merchantId: "mer_1",
  cardToken: "card_1",
  deviceId: null,
  ip: "203.0.113.9",
  merchantCategory: "5732",
  channel: "ecommerce",
  country: "DE",
  latitude: 52.5,
  longitude: null,
  attributes: { avsMatch: 0, vip: true, plan: "gold", "odd name": 3 },
};
const features = Float64Array.of(4, 120_000, 1, 77, 78);

function truth(condition: string, row = features, score = 0.3, of = payment): number {
  return compileCondition(condition, vocabulary).test(of, row, score);
}

describe("what a condition says of a payment", () => {
  test.each([
    ['country = "DE"', TRUE],
    ["country != 'DE'", FALSE],
    ['country in ("AT", "DE")', TRUE],
    ['country not in ("AT", "DE")', FALSE],
    ["score >= 0.3", TRUE],
    ["0.3 < score", FALSE],
    ["customer_count_1h > 3 and customer_count_1h <= 4", TRUE],
    ["features.customer_count_1h in (1, 4)", TRUE],
    ["amountMinor >= 500.00 EUR", TRUE],
    ["amountMinor > 500 EUR", FALSE],
    ["amountMinor > 500 USD", UNKNOWN],
    ["amountMinor < customer_sum_1d", TRUE],
    ['currency = "EUR" and amountMinor = 50000', TRUE],
    ["is_night", TRUE],
    ["not is_night", FALSE],
    ["is_night = true", TRUE],
    ["attributes.avsMatch = 0", TRUE],
    ["attributes.vip", TRUE],
    ['attributes.plan != "gold"', FALSE],
    ['attributes["odd name"] > 2', TRUE],
    ["attributes.avsMatch < attributes['odd name']", TRUE],
    ['attributes.avsMatch = "0"', UNKNOWN],
    ["attributes.none = 0", UNKNOWN],
    ["attributes.toString = 1", UNKNOWN],
    ["deviceId is missing", TRUE],
    ["deviceId is not missing", FALSE],
    ["attributes.none is missing and longitude is missing", TRUE],
    ["latitude is missing", FALSE],
    ['customerId = "cus_1" or deviceId = "dev"', TRUE],
    ["NOT (latitude > 50 AND latitude < 51)", TRUE],
  ])("%s", (condition, expected) => {
    expect(truth(condition)).toBe(expected);
  });
});

test("or binds least, not binds most, and parentheses before both", () => {
  expect(truth("is_night or is_night and not is_night")).toBe(TRUE);
  expect(truth("(is_night or is_night) and not is_night")).toBe(FALSE);
  expect(truth("not is_night or is_night")).toBe(TRUE);
  expect(truth("not (is_night or is_night)")).toBe(FALSE);
});

describe("a missing value makes a comparison unknown, and what is unknown is no hit", () => {
  test.each([
    ['deviceId = "dev"', UNKNOWN],
    ['deviceId != "dev"', UNKNOWN],
    ['not (deviceId = "dev")', UNKNOWN],
    ['deviceId in ("dev")', UNKNOWN],
    ['deviceId not in ("dev")', UNKNOWN],
    ['deviceId = "dev" or is_night', TRUE],
    ['deviceId = "dev" and is_night', UNKNOWN],
    ['deviceId = "dev" and not is_night', FALSE],
  ])("%s", (condition, expected) => {
    expect(truth(condition)).toBe(expected);
  });

  test("so are a feature without a value and a score that the model did not give", () => {
    const nothing = new Float64Array(5).fill(Number.NaN);
    expect(truth("customer_count_1h >= 0", nothing)).toBe(UNKNOWN);
    expect(truth("is_night or not is_night", nothing)).toBe(UNKNOWN);
    expect(truth("customer_sum_1d is missing", nothing)).toBe(TRUE);
    expect(truth("score < 1", features, Number.NaN)).toBe(UNKNOWN);
    expect(truth("score is missing", features, Number.NaN)).toBe(TRUE);
  });
});

test("and, or and not follow Kleene's three-valued logic for every pair of truths", () => {
  const parts = { [FALSE]: "not is_night", [TRUE]: "is_night", [UNKNOWN]: 'deviceId = "d"' };
  const rank = [0, 2, 1]; // false < unknown < true
  for (const a of [FALSE, TRUE, UNKNOWN] as const) {
    for (const b of [FALSE, TRUE, UNKNOWN] as const) {
      const [x, y] = [rank[a] ?? 0, rank[b] ?? 0];
      expect(truth(`${parts[a]} and ${parts[b]}`)).toBe(rank.indexOf(Math.min(x, y)));
      expect(truth(`${parts[a]} or ${parts[b]}`)).toBe(rank.indexOf(Math.max(x, y)));
    }
    expect(truth(`not (${parts[a]})`)).toBe(rank.indexOf(2 - (rank[a] ?? 0)));
  }
});

describe("what makes no sense is refused with its place and what was expected", () => {
  test.each([
    ["score > ", 1, 9, "Expected a value or a name, found the end."],
    ["score >\n  and", 2, 3, "Expected a value or a name, found and."],
    ["score", 1, 1, 'A number alone says nothing; compare it, as in … > 3 or … = "text".'],
    ["(is_night", 1, 10, "Expected ), found the end."],
    [
      "is_night is_night",
      1,
      10,
      "Expected a comparison (=, !=, <, <=, >, >=), in, or is missing, found is_night.",
    ],
    ["is_night)", 1, 9, "Expected and, or, or the end of the condition, found )."],
    ["country in ()", 1, 13, "Expected a number or a text, found )."],
    [
      "country in (DE)",
      1,
      13,
      'Expected a number or a text in the list; a text stands in quotes, as in "DE".',
    ],
    ["is_night && is_night", 1, 10, "& means nothing here; write and, or, not."],
    ['country = "DE', 1, 11, 'The text that starts here has no closing ".'],
    ["scoer > 1", 1, 1, "There is no field or feature named scoer. Did you mean score?"],
    ["Country = 'DE'", 1, 1, "There is no field or feature named Country. Did you mean country?"],
    ["zzzzzzzzzzzz > 1", 1, 1, "There is no field or feature named zzzzzzzzzzzz."],
    ["score = 'high'", 1, 1, "A number can't be compared with a text."],
    ["customerId > 'a'", 1, 1, "Texts have no order; only = and != compare them."],
    ["is_night > true", 1, 1, "True and false have no order; only = and != compare them."],
    [
      "amountMinor > 500",
      1,
      1,
      'Say the currency: 500.00 EUR for an amount, or currency = "EUR" and … for minor units in a plain number.',
    ],
    [
      "amountMinor > score",
      1,
      1,
      "An amount can't be compared with a number that varies; write one as in 500.00 EUR.",
    ],
    ["500 EUR > 3 USD", 1, 1, "Neither side is of the payment."],
    ["amountMinor > 0.001 EUR", 1, 15, "EUR has 2 decimals; 0.001 is finer than that."],
    ["amountMinor > 5 XYZ", 1, 17, "Expected and, or, or a currency such as EUR, found XYZ."],
    [
      "channel = 'web'",
      1,
      1,
      '"web" is no channel; there are card_present, ecommerce, transfer, atm, other.',
    ],
    ["country in ('Germany')", 1, 1, '"Germany" is no ISO 3166-1 country code, such as "DE".'],
    [
      "merchant_category = 1",
      1,
      1,
      "merchant_category is the code of a text; compare the field or attribute itself.",
    ],
    [
      "country in (1)",
      1,
      1,
      "A list holds texts for a text, or numbers for a number; a text is looked for in this one.",
    ],
    ["'DE' is missing", 1, 1, "Only a field, a feature or an attribute can be missing."],
    ["", 1, 1, "Expected a name, a number, a text, not, or (, found the end."],
  ])("%s", (condition, line, column, message) => {
    expect(conditionProblem(condition, vocabulary)).toEqual({ line, column, message });
  });

  test("a currency said in another branch does not count", () => {
    expect(conditionProblem('currency = "EUR" or amountMinor > 1', vocabulary)).not.toBeNull();
    expect(conditionProblem('currency = "EUR" and (is_night or amountMinor > 1)', vocabulary)).toBeNull();
  });

  test("depth is bounded, so that no condition exhausts the stack", () => {
    const deep = (open: string, times: number, close: string): string =>
      `${open.repeat(times)}is_night${close.repeat(times)}`;
    expect(conditionProblem(deep("(", 1_900, ")"), vocabulary)?.message).toContain("nested too deeply");
    expect(conditionProblem(deep("not ", 900, ""), vocabulary)?.message).toContain("nested too deeply");
    expect(conditionProblem(deep("(", 30, ")"), vocabulary)).toBeNull();
  });
});

test("a feature that is not served counts as missing where that is allowed, and is told", () => {
  const { test: run, features: used } = compileCondition(
    "gone_sum_1d > 5 EUR or gone_flag",
    vocabulary,
    true,
  );
  expect(run(payment, features, 0.5)).toBe(UNKNOWN);
  expect([...used]).toEqual(["gone_sum_1d", "gone_flag"]);
});

test("money in major units means the currency's own minor units", () => {
  const yen = { ...payment, currency: "JPY", amountMinor: 500 };
  expect(truth("amountMinor = 500 JPY", features, 0, yen)).toBe(TRUE);
  const dinar = { ...payment, currency: "KWD", amountMinor: 1_234 };
  expect(truth("amountMinor = 1.234 KWD", features, 0, dinar)).toBe(TRUE);
});

test("whatever is typed, a condition compiles or is refused at a place in it, and nothing else happens", () => {
  const words = [
    "score",
    "country",
    "(",
    ")",
    "and",
    "or",
    "not",
    "in",
    "is",
    "missing",
    '"DE"',
    "3",
    "EUR",
    ">",
    "=",
    ",",
    "amountMinor",
    "attributes.",
    "x",
    "\n",
    "'",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...words), { maxLength: 12 }),
      fc.string({ maxLength: 4 }),
      (parts, odd) => {
        const source = parts.join(" ") + odd;
        const problem = conditionProblem(source, vocabulary);
        if (problem === null) return [FALSE, TRUE, UNKNOWN].some((value) => value === truth(source));
        return (
          problem.line >= 1 &&
          problem.line <= source.split("\n").length &&
          problem.column >= 1 &&
          problem.message.length > 0
        );
      },
    ),
    { numRuns: 2_000 },
  );
});
