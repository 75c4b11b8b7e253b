import { expect, test } from "vitest";
import { cardNote, cardReading, checkOptions } from "./card-words.ts";
import { gainReading, liftReading } from "./gain-words.ts";
import type { CardPrecision, Gain } from "./types.ts";

const gain: Gain = {
  share: 0.01,
  k: 10,
  frauds: 7,
  gain: 0.7,
  gainInterval: { lower: 0.6, upper: 0.8 },
  lift: 70,
  liftInterval: { lower: 60.4, upper: 80 },
  precision: 0.7,
};
const day = { day: "2026-10-01", cards: 9, compromised: 2, found: 1, precision: 0.1, interval: null };
const view: CardPrecision = {
  k: 10,
  capacityPerDay: 200,
  days: [
    { ...day, reachable: 0.2 },
    { ...day, reachable: 0.4 },
  ],
  mean: 0.1,
  interval: { lower: 0.05, upper: 0.2 },
  perfectMean: 0.25,
};

test("gains and lift are told of the highest hundredth", () => {
  expect(gainReading([gain])).toBe("The highest 1 % of scores hold 70.0 % (60.0 to 80.0) of frauds");
  expect(liftReading([gain])).toBe(
    "The highest 1 % of scores hold 70 (60 to 80) times as many frauds as chance",
  );
  expect(gainReading([])).toBe("Share of frauds among the highest scores");
  expect(liftReading([{ ...gain, lift: null }])).toBe("How many more frauds than chance");
});

test("card precision is told beside what could be reached", () => {
  expect(cardReading(view)).toBe(
    "Of 10 cards checked a day 10.0 % (5.0 to 20.0) were compromised; 30.0 % could have been",
  );
  expect(cardNote(view)).toContain("would have had 25.0 %.");
  expect(cardNote({ ...view, perfectMean: null })).not.toContain("perfect");
});

test("the policy's number of checks comes first, and one's own is among the others", () => {
  const options = checkOptions(view, 37);
  expect(options[0]).toEqual({ value: "policy", label: "200 a day, by policy" });
  expect(options.map(({ value }) => value)).toContain("37");
  expect(checkOptions(view, null)).toHaveLength(8);
});
