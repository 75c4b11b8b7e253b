import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { cardPrecisionAtK } from "./card-precision.ts";

test("a card takes its highest score and label of the day, and found cards leave the pool", () => {
  const rows = {
    days: [0, 0, 0, 1, 1, 1],
    cardIds: ["a", "a", "b", "a", "b", "c"],
    labels: [0, 1, 0, 1, 1, 0],
    scores: [0.9, 0.1, 0.5, 0.99, 0.2, 0.8],
  };
  const { daily, mean } = cardPrecisionAtK(rows, 1);
  expect(daily).toEqual([
    { day: 0, cards: 2, compromised: 1, detected: ["a"], precision: 1 },
    { day: 1, cards: 2, compromised: 1, detected: [], precision: 0 },
  ]);
  expect(mean).toBe(0.5);
});

test("equal scores go by card id, by code unit", () => {
  const rows = { days: [0, 0, 0], cardIds: ["b", "a", "B"], labels: [1, 0, 0], scores: [0.5, 0.5, 0.5] };
  expect(cardPrecisionAtK(rows, 2).daily[0]?.detected).toEqual([]);
  expect(cardPrecisionAtK(rows, 3).daily[0]?.detected).toEqual(["b"]);
});

test("fewer cards than k are still divided by k", () => {
  const rows = { days: [3], cardIds: ["a"], labels: [1], scores: [0.5] };
  expect(cardPrecisionAtK(rows, 100).mean).toBe(0.01);
});

test("days are taken in time order whatever the order of rows", () => {
  const rows = { days: [2, 1], cardIds: ["a", "a"], labels: [1, 1], scores: [0.5, 0.5] };
  const { daily } = cardPrecisionAtK(rows, 1);
  expect(daily.map((day) => [day.day, day.cards, day.precision])).toEqual([
    [1, 1, 1],
    [2, 0, 0],
  ]);
});

test("a perfect score finds as many cards as k allows each day", () => {
  const rng = createRng(1);
  const labels = Array.from({ length: 3_000 }, () => (rng.next() < 0.2 ? 1 : 0));
  const rows = {
    days: labels.map((_, i) => i % 3),
    cardIds: labels.map((_, i) => `card${i}`),
    labels,
    scores: labels,
  };
  expect(cardPrecisionAtK(rows, 100).mean).toBe(1);
});

test("no rows have no mean, and unusable rows are refused", () => {
  const none = { days: [], cardIds: [], labels: [], scores: [] };
  expect(cardPrecisionAtK(none, 5)).toEqual({ daily: [], mean: null });
  expect(() => cardPrecisionAtK(none, 0)).toThrow(RangeError);
  expect(() => cardPrecisionAtK({ ...none, scores: [1] }, 5)).toThrow(RangeError);
  const unknown = { days: [0], cardIds: ["a"], labels: [1], scores: [Number.NaN] };
  expect(() => cardPrecisionAtK(unknown, 5)).toThrow(RangeError);
});

test("what is found is what sorting all cards of each day finds, ties and all", () => {
  const row = fc.record({
    day: fc.integer({ min: 0, max: 3 }),
    card: fc.constantFrom("a", "B", "c", "10", "9", "d"),
    label: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: -1, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (list, k) => {
      const gone = new Set<string>();
      const expected = [...new Set(list.map(({ day }) => day))]
        .sort((a, b) => a - b)
        .map((day) => {
          const pool = list.filter((one) => one.day === day && !gone.has(one.card));
          const cards = [...Map.groupBy(pool, ({ card }) => card)].map(([id, of]) => ({
            id,
            score: Math.max(...of.map(({ score }) => score)),
            bad: of.some(({ label }) => label === 1),
          }));
          cards.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
          const found = cards.slice(0, k).filter(({ bad }) => bad);
          for (const { id } of found) gone.add(id);
          return [day, found.map(({ id }) => id).sort(), cards.length];
        });
      const rows = {
        days: list.map(({ day }) => day),
        cardIds: list.map(({ card }) => card),
        labels: list.map(({ label }) => label),
        scores: list.map(({ score }) => score),
      };
      const { daily } = cardPrecisionAtK(rows, k);
      expect(daily.map(({ day, detected, cards }) => [day, detected, cards])).toEqual(expected);
    }),
  );
});
