import { expect, test } from "vitest";
import { checkName, checkState, gateReading, judgedWords, type Verdict } from "./gate-words.ts";

const check = { name: "cost", passed: false, value: 1, limit: 0, says: "Too dear." };
const verdict: Verdict = {
  confidence: 0.99,
  metric: "expected cost a payment under the active policy",
  promote: false,
  because: "Not promoted. Too dear.",
  championId: "m1",
  championNumber: 1,
  policyVersionId: "p1",
  currency: "EUR",
  from: "2026-05-01T00:00:00.000Z",
  to: "2026-05-15T00:00:00.000Z",
  payments: 12_345,
  frauds: 67,
  leftOut: { declined: 0, otherCurrency: 0 },
  weighted: 0,
  costDifference: { mean: -12.3, lower: -20, upper: 1.5, standardError: 4, clusters: 99 },
  relativeDifference: -0.1,
  checks: [check],
};

test("the verdict is told with its money for a thousand payments", () => {
  expect(gateReading(3, verdict)).toBe(
    "The gate holds version 3 back: it costs €123.00 less per 1,000 payments than version 1 (99 % interval −€200.00 to +€15.00).",
  );
  const same = { mean: 0, lower: 0, upper: 0, standardError: 0, clusters: 9 };
  expect(gateReading(3, { ...verdict, promote: true, costDifference: same })).toContain(
    "would promote version 3: it costs the same",
  );
  expect(gateReading(3, { ...verdict, costDifference: null })).toContain("could not be compared");
});

test("what was judged names what was left out, and only that", () => {
  expect(judgedWords(verdict)).toBe(
    "Judged on 12,345 payments with 67 frauds. The measure, named before the run: expected cost a payment under the active policy.",
  );
  const partly = judgedWords({ ...verdict, weighted: 4, leftOut: { declined: 5, otherCurrency: 6 } });
  expect(partly).toContain("4 explored declines");
  expect(partly).toContain("5 declined ones left out");
  expect(partly).toContain("6 in other currencies than EUR left out");
});

test("a check that could not be told is no obstacle, and says so", () => {
  expect(checkState(check).label).toBe("held back");
  expect(checkState({ ...check, passed: true }).label).toBe("passed");
  expect(checkState({ ...check, passed: null }).label).toBe("not told");
  expect([checkName(check), checkName({ ...check, name: "new one" })]).toEqual(["Cost", "new one"]);
});
