import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type RatedPair, weightedAgreement } from "./agreement.ts";
import { cohenKappa } from "./cohen-kappa.ts";

const order = ["fraud", "legitimate", "not_sure"];

/** Pairs by a table of counts: rows what the first said, columns the second. */
function fromTable(table: readonly (readonly number[])[], propensity = 1): RatedPair[] {
  return table.flatMap((row, i) =>
    row.flatMap((count, j) =>
      Array.from({ length: count }, () => ({ first: order[i] ?? "", second: order[j] ?? "", propensity })),
    ),
  );
}

/** Standard errors by the formula of Fleiss, Cohen and Everitt (1969), computed with numpy 1.24. */
test.each([
  [
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
    0.126_996_062_931_100_33,
  ],
  [
    [
      [53, 5, 2],
      [11, 14, 5],
      [1, 6, 3],
    ],
    0.428_571_428_571_428_6,
    0.075_958_831_534_663_82,
  ],
])("kappa and its standard error of %j", (table, kappa, standardError) => {
  const agreement = weightedAgreement(fromTable(table));
  expect(agreement?.kappa).toBeCloseTo(kappa, 12);
  expect(agreement?.standardError).toBeCloseTo(standardError, 12);
  expect(agreement?.interval?.lower).toBeCloseTo(kappa - 1.959_963_984_540_054 * standardError, 9);
  expect(agreement?.effectivePairs).toBeCloseTo(agreement?.pairs ?? -1, 9);
});

const pairs = fc.array(fc.record({ first: fc.constantFrom(...order), second: fc.constantFrom(...order) }), {
  minLength: 1,
  maxLength: 40,
});

test("with equal weights, whatever they are, it is the plain kappa", () => {
  fc.assert(
    fc.property(pairs, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, propensity) => {
      const plain = cohenKappa(
        given.map((pair) => pair.first),
        given.map((pair) => pair.second),
        order,
      ).kappa;
      const weighted = weightedAgreement(given.map((pair) => ({ ...pair, propensity })))?.kappa ?? null;
      if (plain === null) expect(weighted).toBeNull();
      else expect(weighted).toBeCloseTo(plain, 9);
    }),
  );
});

test("a pair drawn with half the chance counts like two", () => {
  const given = fromTable([
    [3, 1],
    [2, 4],
  ]);
  const doubled = [...given, { first: "fraud", second: "legitimate", propensity: 1 }];
  const halved = [...given.slice(1), { first: "fraud", second: "fraud", propensity: 1 }];
  const once = weightedAgreement([...halved, { first: "fraud", second: "legitimate", propensity: 0.5 }]);
  const twice = weightedAgreement([...halved, ...doubled.slice(-1), ...doubled.slice(-1)]);
  expect(once?.kappa).toBeCloseTo(twice?.kappa ?? -9, 12);
  expect(once?.effectivePairs).toBeLessThan(twice?.effectivePairs ?? 0);
});

test("drawing frauds more often does not move the estimate, and the interval covers the truth", () => {
  const rng = createRng("agreement");
  const judged = (): RatedPair => {
    const isFraud = rng.next() < 0.2;
    const say = (): string => ((rng.next() < 0.85 ? isFraud : !isFraud) ? "fraud" : "legitimate");
    const first = say();
    return { first, second: say(), propensity: first === "fraud" ? 0.6 : 0.1 };
  };
  // P(fraud said) = 0.2·0.85 + 0.8·0.15 = 0.29; both agree with 0.85² + 0.15² = 0.745.
  const expected = 0.29 ** 2 + 0.71 ** 2;
  const truth = (0.745 - expected) / (1 - expected);
  let [covered, sum, unweighted] = [0, 0, 0];
  const runs = 150;
  for (let run = 0; run < runs; run++) {
    const drawn = Array.from({ length: 2_000 }, judged).filter((pair) => rng.next() < pair.propensity);
    const agreement = weightedAgreement(drawn);
    sum += agreement?.kappa ?? 0;
    unweighted += weightedAgreement(drawn.map((pair) => ({ ...pair, propensity: 1 })))?.kappa ?? 0;
    const { lower, upper } = agreement?.interval ?? { lower: 1, upper: 1 };
    if (lower <= truth && truth <= upper) covered++;
  }
  expect(sum / runs).toBeCloseTo(truth, 1.7);
  expect(Math.abs(unweighted / runs - truth)).toBeGreaterThan(0.03);
  expect(covered / runs).toBeGreaterThan(0.9);
});

test("no pairs is null; agreement that chance alone explains has no kappa", () => {
  expect(weightedAgreement([])).toBeNull();
  expect(weightedAgreement(fromTable([[4]]))).toMatchObject({ observed: 1, kappa: null, interval: null });
});

test("a propensity outside (0, 1] cannot be weighed", () => {
  const pair = { first: "fraud", second: "fraud" };
  expect(() => weightedAgreement([{ ...pair, propensity: 0 }])).toThrow(RangeError);
  expect(() => weightedAgreement([{ ...pair, propensity: 1.1 }])).toThrow(RangeError);
  expect(() => weightedAgreement([{ ...pair, propensity: 1 }], 1)).toThrow(RangeError);
});
