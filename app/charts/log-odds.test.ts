import fc from "fast-check";
import { expect, test } from "vitest";
import { placeOfScore, scoreAtPlace, scoreTicks } from "./log-odds.ts";

test("one half stands in the middle, and the ends of probability at the ends of the axis", () => {
  expect(placeOfScore(0.5)).toBe(0.5);
  expect([placeOfScore(0), placeOfScore(1)]).toEqual([0, 1]);
  expect(placeOfScore(0.1)).toBeCloseTo((9.5 - Math.log(9)) / 19, 12);
});

test("a place found for a score gives the score back", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.0002, max: 0.9998, noNaN: true }), (score) => {
      expect(scoreAtPlace(placeOfScore(score))).toBeCloseTo(score, 10);
    }),
  );
});

test("marks of the axis are in rising order and inside it", () => {
  const places = scoreTicks.map(placeOfScore);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(Math.min(...places)).toBeGreaterThan(0.05);
  expect(Math.max(...places)).toBeLessThan(0.95);
});

test("places beyond the axis are taken to its ends", () => {
  expect(scoreAtPlace(-1)).toBe(scoreAtPlace(0));
  expect(scoreAtPlace(2)).toBe(scoreAtPlace(1));
});
