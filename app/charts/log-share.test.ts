import { expect, test } from "vitest";
import { logOfShare, logShareText, logShareTicks } from "./log-share.ts";

test("shares stand at their power of ten, and those under the least on it", () => {
  expect([logOfShare(1, 1e-4), logOfShare(0.01, 1e-4), logOfShare(0, 1e-4)]).toEqual([0, -2, -4]);
});

test("places are read as percentages", () => {
  expect([-4, -3, -2, -1, 0].map(logShareText)).toEqual(["0.01 %", "0.1 %", "1 %", "10 %", "100 %"]);
  expect(logShareText(Math.log10(0.0123))).toBe("1.2 %");
});

test("an axis is marked at every whole power of ten on it", () => {
  expect(logShareTicks(1e-4)).toEqual([-4, -3, -2, -1, 0]);
  expect(logShareTicks(0.0005)).toEqual([-3, -2, -1, 0]);
});
