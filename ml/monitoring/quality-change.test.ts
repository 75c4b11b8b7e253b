import fc from "fast-check";
import { expect, test } from "vitest";
import { qualityChange } from "./quality-change.ts";

const usual = { missing: [0.1, 0.12], unseen: [0, 0], outside: [0.01, 0.02] } as const;
const at = (missing: number, unseen = 0, outside = 15) => ({ missing, unseen, outside });

test("shares within those before, or beyond them by less than is worth telling, are no change", () => {
  expect(qualityChange(at(110), 1_000, usual)).toBeNull();
  expect(qualityChange(at(170), 1_000, usual)).toBeNull(); // 0.12 + 0.05
  expect(qualityChange(at(110, 20), 1_000, usual)).toBeNull();
});

test("more missing, unseen or out of range is told, and far fewer missing", () => {
  expect(qualityChange(at(180), 1_000, usual)).toBe("missing");
  expect(qualityChange(at(0), 1_000, usual)).toBe("missing");
  expect(qualityChange(at(110, 21), 1_000, usual)).toBe("unseen");
  expect(qualityChange(at(110, 0, 80), 1_000, usual)).toBe("outside");
});

test("few rows have to differ by more than chance", () => {
  expect(qualityChange(at(10, 0, 0), 40, usual)).toBeNull(); // a quarter of 40, within five standard errors of 0.12
  expect(qualityChange(at(10_000, 0, 0), 40_000, usual)).toBe("missing");
  expect(qualityChange(at(0), 0, usual)).toBeNull();
});

test("whatever lies within the usual shares is never a change", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.integer({ min: 1, max: 1_000 }), (a, b, rows) => {
      const range = [Math.min(a, b), Math.max(a, b)] as const;
      const count = ((range[0] + range[1]) / 2) * rows;
      const counts = { missing: count, unseen: count, outside: count };
      expect(qualityChange(counts, rows, { missing: range, unseen: range, outside: range })).toBeNull();
    }),
  );
});
