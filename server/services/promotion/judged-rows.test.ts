import fc from "fast-check";
import { expect, test } from "vitest";
import { checkGateRows } from "#ml/promotion/gate-rows.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { judgedRows, type ScoredTwice } from "./judged-rows.ts";
import type { PaymentFacts } from "./payment-facts.ts";

const eur: PaymentFacts = { currency: "EUR", channel: "ecommerce", isDeclined: false, knownChance: 1 };

function scored(rows: number, changes: Partial<ScoredTwice> = {}): ScoredTwice {
  const ids = Array.from({ length: rows }, (_, row) => `pay_${row}`);
  return {
    transactionIds: ids,
    customerIds: ids.map((id) => `cus_${id}`),
    amountMinor: new Float64Array(rows).fill(10_000),
    labels: new Uint8Array(rows),
    isLabelled: () => false,
    championScores: new Float64Array(rows).fill(0.01),
    candidateScores: new Float64Array(rows).fill(0.01),
    ...changes,
  };
}

const factsOf = (all: readonly PaymentFacts[]) => new Map(all.map((facts, row) => [`pay_${row}`, facts]));

test("a cost is what the policy's decision on a score came to, once the label is known", () => {
  const scores = Float64Array.from([0.001, 0.999, 0.999, 0.001, Number.NaN]);
  const labels = Uint8Array.from([0, 0, 1, 1, 1]);
  const { rows } = judgedRows(
    scored(5, { labels, candidateScores: scores }),
    factsOf(Array(5).fill(eur)),
    defaultPolicy,
  );
  // approved good: 0; declined good: margin 1000 + friction 1500; declined fraud: 0; approved fraud: 10000 + 2500;
  // unscored goes to review: 400 + 0.1 of that loss
  expect([...rows.candidateCostMinor]).toEqual([0, 2_500, 0, 12_500, 1_650]);
  expect(rows.segments).toEqual(Array(5).fill("ecommerce"));
});

test("figures of a segment decide for its payments", () => {
  const cost = { ...defaultPolicy.cost, marginRate: 0.5, frictionCostMinor: 0 };
  const policy = { ...defaultPolicy, segments: [{ currency: null, channel: "atm" as const, cost }] };
  const { rows } = judgedRows(
    scored(2, { candidateScores: Float64Array.from([0.999, 0.999]) }),
    factsOf([{ ...eur, channel: "atm" }, eur]),
    policy,
  );
  expect([...rows.candidateCostMinor]).toEqual([5_000, 2_500]);
});

test("declined payments without a label are left out, explored ones stand for others, other currencies are told", () => {
  const facts = [
    { ...eur, isDeclined: true },
    { ...eur, isDeclined: true },
    { ...eur, knownChance: 0.05 },
    { ...eur, currency: "USD" },
    eur,
  ];
  const judged = judgedRows(scored(5, { isLabelled: (at) => at === 1 }), factsOf(facts), defaultPolicy);
  expect(judged).toMatchObject({ currency: "EUR", declined: 1, otherCurrency: 1, weighted: 1 });
  expect(judged.rows.customerIds).toEqual(["cus_pay_1", "cus_pay_2", "cus_pay_4"]);
  expect([...judged.rows.weights]).toEqual([1, 20, 1]);
});

test("whatever comes in, the gate can read what goes out, and every row is judged or told as left out", () => {
  const fact = fc.record({
    currency: fc.constantFrom("EUR", "USD"),
    channel: fc.constantFrom("atm", null),
    isDeclined: fc.boolean(),
    knownChance: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 30 }), (facts) => {
      const judged = judgedRows(scored(facts.length), factsOf(facts), defaultPolicy);
      checkGateRows(judged.rows);
      expect(judged.rows.labels.length + judged.declined + judged.otherCurrency).toBe(facts.length);
    }),
  );
});
