import fc from "fast-check";
import { expect, test } from "vitest";
import { FraudLog } from "./fraud-log.ts";

test("recall is the share of frauds of a span that were stopped, reported or not", () => {
  const log = new FraudLog();
  for (const [at, stopped] of [
    [1, true],
    [2, false],
    [3, true],
    [9, false],
  ] as const)
    log.add({ atMs: at, customerId: `cus_${at}`, stopped });
  expect(log.recall(1, 9)).toMatchObject({ recall: 2 / 3, frauds: 3 });
  expect(log.recall(2, 4)).toMatchObject({ recall: 0.5, frauds: 2 });
});

test("a span without fraud has no recall", () => {
  expect(new FraudLog().recall(0, 10)).toEqual({ recall: null, interval: null, frauds: 0 });
});

test("frauds of one customer are one observation: their interval is wider than that of as many customers", () => {
  const widthWith = (customers: number): number => {
    const log = new FraudLog();
    for (let at = 0; at < 240; at++)
      log.add({ atMs: at, customerId: `cus_${at % customers}`, stopped: (at % customers) % 3 > 0 });
    const { interval } = log.recall(0, 240);
    return (interval?.upper ?? 0) - (interval?.lower ?? 0);
  };
  expect(widthWith(12)).toBeGreaterThan(2 * widthWith(240));
});

test("the interval holds the recall and stays within nothing and everything", () => {
  const frauds = fc.array(fc.record({ customer: fc.nat(5), stopped: fc.boolean() }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(frauds, (all) => {
      const log = new FraudLog();
      for (const { customer, stopped } of all) log.add({ atMs: 0, customerId: `cus_${customer}`, stopped });
      const { recall, interval } = log.recall(0, 1);
      expect(interval?.lower).toBeGreaterThanOrEqual(0);
      expect(interval?.upper).toBeLessThanOrEqual(1);
      expect(recall).toBeGreaterThanOrEqual((interval?.lower ?? 1) - 1e-12);
      expect(recall).toBeLessThanOrEqual((interval?.upper ?? 0) + 1e-12);
    }),
    { numRuns: 25 },
  );
});
