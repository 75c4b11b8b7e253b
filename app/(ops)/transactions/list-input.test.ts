import fc from "fast-check";
import { expect, test } from "vitest";
import { filterCount, formatCursor, listInput, noFilters } from "./list-input.ts";
import type { TransactionParams } from "./search-params.ts";

const nothing: TransactionParams = { ...noFilters, after: null, open: null };
const input = (params: Partial<TransactionParams>) => listInput({ ...nothing, ...params });

test("amounts are typed in major units of the currency", () => {
  expect(input({ min: 12.99 }).minAmountMinor).toBe(1299);
  expect(input({ min: 12, currency: "jpy" })).toMatchObject({ minAmountMinor: 12, currency: "JPY" });
  expect(input({ max: 1.5, currency: "KWD" }).maxAmountMinor).toBe(1500);
});
test("nonsense in the URL restricts nothing", () => {
  const { currency, fromDay, after, minAmountMinor } = input({
    currency: "XXXX",
    from: "yesterday",
    after: "2026-11-20",
    min: -3,
  });
  expect([currency, fromDay, after, minAmountMinor]).toEqual([null, null, null, null]);
});
test("a cursor survives the URL, whatever the id", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 128 }),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      (id, date) => {
        const cursor = { occurredAt: date.toISOString(), id };
        expect(input({ after: formatCursor(cursor) }).after).toEqual(cursor);
      },
    ),
  );
});
test("search, place in the list and the open payment are not counted as filters", () => {
  expect(filterCount({ ...nothing, q: "x", after: "y", open: "z" })).toBe(0);
  expect(filterCount({ ...nothing, outcome: "review", min: 0 })).toBe(2);
});
