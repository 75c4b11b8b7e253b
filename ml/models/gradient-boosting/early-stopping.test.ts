import fc from "fast-check";
import { expect, test } from "vitest";
import { bestRound, roundValues, watchRounds } from "./early-stopping.ts";
import { noisyRows } from "./testing/training-rows.ts";

const flat = (rounds: number, value: number): number[] => new Array<number>(rounds).fill(value);

test("a lucky round does not decide, a lasting gain does", () => {
  const lucky = [...flat(30, 0.5), 0.9, ...flat(60, 0.5), ...flat(60, 0.7)];
  const best = bestRound(roundValues(lucky, flat(lucky.length, 1), 1000));
  expect(best).toBeGreaterThan(91);
});

test("among rounds that few frauds cannot tell apart, the log loss decides", () => {
  const aps = Array.from({ length: 100 }, (_, round) => 0.8 + 0.0001 * round);
  const losses = aps.map((_, round) => Math.abs(round - 40));
  expect(bestRound(roundValues(aps, losses, 50))).toBe(41);
  // A million frauds tell them apart.
  expect(bestRound(roundValues(aps, losses, 1e6))).toBeGreaterThan(85);
});

test("values lie on the scale of the average precision, the largest among equals of the best", () => {
  const round = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 9, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(round, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 500 }),
      (rounds, frauds) => {
        const aps = rounds.map(([ap]) => ap);
        const values = roundValues(
          aps,
          rounds.map(([, loss]) => loss),
          frauds,
        );
        expect(values).toHaveLength(aps.length);
        expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...aps) + 1e-12);
        expect(bestRound(values)).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});

test("no rounds have no values and no best", () => {
  expect(roundValues([], [], 10)).toEqual([]);
  expect(bestRound([])).toBe(0);
});

test("rounds are idle while neither measure improves", () => {
  const rows = noisyRows(400, 1);
  const watch = watchRounds(rows);
  const toward = Float64Array.from(rows.labels, (label, row) => (row % 3 === 0 ? 0 : 2 * label - 1));
  watch.add(toward.map((margin) => margin / 2));
  expect(watch.idleRounds()).toBe(0);
  watch.add(toward);
  expect(watch.idleRounds()).toBe(0);
  for (let round = 0; round < 5; round++) watch.add(new Float64Array(400));
  expect(watch.idleRounds()).toBe(5);
  expect(watch.values()).toHaveLength(7);
});

test("a shift of all margins, as class weights make it, does not change what a round is worth for long", () => {
  const rows = noisyRows(800, 2);
  const [plain, shifted] = [watchRounds(rows), watchRounds(rows)];
  for (let round = 0; round < 60; round++) {
    const margins = Float64Array.from(
      rows.features.filter((_, k) => k % 4 === 0),
      (a) => -3 + (a * Math.min(round, 20)) / 20,
    );
    plain.add(margins);
    shifted.add(margins.map((margin) => margin + 3));
  }
  const [a, b] = [plain.values(), shifted.values()];
  expect(b.at(-1)).toBeCloseTo(a.at(-1) ?? Number.NaN, 3);
});

test("without a fraud there is nothing to watch", () => {
  const rows = noisyRows(50, 1);
  const watch = watchRounds({ ...rows, labels: new Uint8Array(50) });
  expect(watch.add(new Float64Array(50))).toBeNull();
  expect(watch.values()).toEqual([]);
  expect(watch.idleRounds()).toBe(0);
});
