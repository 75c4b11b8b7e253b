import { expect, test } from "vitest";
import { familyOptions } from "#ml/models/families.ts";
import type { Candidate } from "./candidate.ts";
import type { FoldFit } from "./fit-candidate.ts";
import { precisionOf, race, winnerOf } from "./race.ts";

const candidate = (variant: string): Candidate<"rules"> => ({
  family: "rules",
  variant,
  imbalance: "none",
  options: familyOptions("rules"),
});

/** A fit that did so well on its fold, with the curve of its steps if it has one. */
function fitOf(averagePrecision: number, curve?: readonly number[]): FoldFit {
  const model = {
    family: "rules",
    width: 1,
    margins: () => {},
    contributions: () => 0,
    toJSON: () => ({}),
    ...(curve === undefined ? {} : { curve }),
  } as const;
  return {
    model,
    members: [model],
    marginOffset: 0,
    trainRows: 1,
    margins: new Float64Array(0),
    averagePrecision,
  };
}

/** Runs candidates whose figures on each fold are known; records what was fitted and what was dropped. */
async function run(figures: Record<string, readonly number[]>, rival?: readonly number[]) {
  const fitted: string[] = [];
  const dropped: string[] = [];
  const names = Object.keys(figures);
  const folds = rival?.length ?? figures[names[0] ?? ""]?.length ?? 0;
  const runners = await race(names.map(candidate), folds, {
    ...(rival === undefined
      ? {}
      : {
          rival: { candidate: candidate("rival"), fits: rival.map((value) => fitOf(value)), dropped: false },
        }),
    fit: async ({ variant }, fold) => {
      fitted.push(`${variant}${fold}`);
      return fitOf(figures[variant]?.[fold] ?? Number.NaN);
    },
    onDrop: ({ variant }, behind) => dropped.push(`${variant} ${behind.toFixed(3)}`),
  });
  return { fitted, dropped, runners };
}

test("candidates run fold by fold, side by side, and the best mean wins", async () => {
  const { fitted, dropped, runners } = await run({ a: [0.6, 0.55, 0.6], b: [0.598, 0.5515, 0.602] });
  expect(fitted).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
  expect(dropped).toEqual([]);
  expect(winnerOf(runners).candidate.variant).toBe("b");
});

test("one clearly behind after a fold is fitted no more, and cannot win", async () => {
  const { fitted, dropped, runners } = await run({ a: [0.6, 0.5], b: [0.57, 0.9] });
  expect(fitted).toEqual(["a0", "b0", "a1"]);
  expect(dropped).toEqual(["b 0.030"]);
  expect(runners.map((runner) => runner.dropped)).toEqual([false, true]);
  expect(winnerOf(runners).candidate.variant).toBe("a");
});

test("the more folds agree, the smaller the gap that ends the race for one", async () => {
  const slow = { a: [0.6, 0.6, 0.6], b: [0.594, 0.594, 0.594], c: [0.594, 0.605, 0.6] };
  expect((await run(slow)).fitted).toEqual(["a0", "b0", "c0", "a1", "b1", "c1", "a2", "c2"]);
});

test("on a single fold nobody is dropped: all have run already", async () => {
  expect((await run({ a: [0.6], b: [0.1] })).dropped).toEqual([]);
});

test("those that come later are measured against the best of those before, on the same folds", async () => {
  const { fitted, dropped } = await run({ late: [0.5, 0.9] }, [0.55, 0.4]);
  expect(fitted).toEqual(["late0"]);
  expect(dropped).toEqual(["late 0.050"]);
});

test("of equals the earlier is kept, and where none came through that is said", async () => {
  const { runners } = await run({ a: [0.6, 0.595], b: [0.595, 0.6] });
  expect(winnerOf(runners).candidate.variant).toBe("a");
  expect(() => winnerOf([])).toThrow("no candidate ran on every fold");
});

test("a stop that suits its own fold only is worth what the shared stop would have given", () => {
  // Best together is the second step: 0.5 and 0.7. The first fold had kept its first, worth 0.1 more on the curve.
  const fits = [fitOf(0.62, [0.6, 0.5]), fitOf(0.7, [0.4, 0.7])];
  expect(precisionOf(fits)).toBeCloseTo((0.62 - 0.1 + 0.7) / 2, 12);
  expect(precisionOf(fits.slice(0, 1))).toBe(0.62);
});
