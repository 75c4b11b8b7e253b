import fc from "fast-check";
import { expect, test } from "vitest";
import { type HalvingRun, halve } from "./halving.ts";
import { rungsFor, sharedRows } from "./rungs.ts";

const qualities = Array.from({ length: 27 }, (_, i) => (i * 7) % 27);

/** A clock that a measurement moves on by its cost, which grows with the rung. */
function bench(budgetMs: number, costMs = 1): { run: HalvingRun<number, string>; measured: number[][] } {
  let nowMs = 0;
  const rungs = rungsFor(27, 10_000);
  const measured: number[][] = rungs.map(() => []);
  const measure = async (trial: number, rung: number) => {
    nowMs += costMs * 3 ** rung;
    measured[rung]?.push(trial);
    return { value: qualities[trial] ?? 0, measurement: `${trial} on ${rung}` };
  };
  return { run: { rungs, measure, budgetMs, clock: () => nowMs }, measured };
}

const trials = qualities.map((_, trial) => trial);
const best = qualities.indexOf(26);

test("27 configurations become 9 and then 3, each rung on three times the rows, and the best wins", async () => {
  const { run, measured } = bench(10_000);
  expect(run.rungs).toEqual([
    { trials: 27, share: 1 / 9 },
    { trials: 9, share: 1 / 3 },
    { trials: 3, share: 1 },
  ]);
  const end = await halve(trials, run);
  expect(end).toEqual({ winner: best, measurement: `${best} on 2`, rung: 2, wasCutShort: false });
  expect(measured.map((rung) => rung.length)).toEqual([27, 9, 3]);
  const top = (count: number): number[] =>
    trials.toSorted((a, b) => (qualities[b] ?? 0) - (qualities[a] ?? 0)).slice(0, count);
  expect(measured.slice(1)).toEqual([top(9), top(3)]);
});

test("every rung gets its third of the time; a search cut short still ends on all rows and says so", async () => {
  const { run, measured } = bench(30);
  const late: number[] = [];
  const end = await halve(trials, { ...run, onRungEnd: (_, { late: left }) => void late.push(left.length) });
  expect(end).toMatchObject({ rung: 2, wasCutShort: true });
  expect(measured[0]).toHaveLength(10);
  expect(late[0]).toBe(17);
});

test("without any time the first configuration is measured, and wins", async () => {
  const end = await halve(trials, bench(0).run);
  expect(end).toMatchObject({ winner: 0, rung: 0, wasCutShort: true });
});

test("what fails or is stopped under way is out; nothing measured is no winner", async () => {
  const { run } = bench(1_000);
  const allBut = (kept: number) => async (trial: number, rung: number) =>
    trial === kept ? run.measure(trial, rung) : trial % 2 === 0 ? ("failed" as const) : ("late" as const);
  expect(await halve(trials, { ...run, measure: allBut(5) })).toMatchObject({ winner: 5, wasCutShort: true });
  expect(await halve(trials, { ...run, measure: async () => "failed" as const })).toMatchObject({
    winner: null,
    rung: -1,
  });
});

test("equal configurations go to the one drawn first", async () => {
  const { run } = bench(1_000);
  const same = async () => ({ value: 0.5, measurement: "" });
  expect((await halve(trials, { ...run, measure: same })).winner).toBe(0);
});

test("rungs that would see too few frauds are left out", () => {
  expect(rungsFor(27, 200)).toEqual([
    { trials: 27, share: 1 / 3 },
    { trials: 9, share: 1 },
  ]);
  expect(rungsFor(27, 30)).toEqual([{ trials: 27, share: 1 }]);
  expect(rungsFor(1, 1e6)).toEqual([{ trials: 1, share: 1 }]);
});

test("parts of a slice are nested, in order, and about as large as asked", () => {
  const rows = Uint32Array.from({ length: 5_000 }, (_, i) => 2 * i);
  const slice = {
    window: { fromMs: 0, toMs: 1 },
    rows,
    labels: Uint8Array.from(rows, (row) => (row % 3) & 1),
  };
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.5, noNaN: true }), fc.nat(100), (share, seed) => {
      const small = sharedRows(slice, share, seed);
      const large = sharedRows(slice, 2 * share, seed);
      const inLarge = new Set(large.rows);
      expect(small.rows.every((row) => inLarge.has(row))).toBe(true);
      expect(Math.abs(small.rows.length / 5_000 - share)).toBeLessThan(0.05);
      expect(small.labels).toEqual(Uint8Array.from(small.rows, (row) => (row % 3) & 1));
    }),
    { numRuns: 20 },
  );
  expect(sharedRows(slice, 1, 1)).toBe(slice);
});
