import { expect, test } from "vitest";
import { byDrift, featureDrift } from "./feature-drift.ts";

const reference = { name: "amount", cuts: [10, 20], counts: [500, 300, 200], missing: 0 };
const words = { text: "amount of this payment", unit: "minor" };

test("days add up to the window before the PSI is taken", () => {
  const drift = featureDrift(reference, words, [
    { day: "2026-11-01", counts: [300, 100, 100], missing: 0 },
    { day: "2026-11-02", counts: [100, 200, 200], missing: 100 },
  ]);
  // Shares 0.4, 0.3, 0.3 against 0.5, 0.3, 0.2.
  expect(drift.psi).toBeCloseTo(-0.1 * Math.log(0.4 / 0.5) + 0.1 * Math.log(0.3 / 0.2), 12);
  expect(drift.rows).toBe(1100);
  expect(drift.missingRate).toBeCloseTo(100 / 1100, 12);
  expect(drift.counts).toEqual([400, 300, 300]);
  expect(drift.psiByChance).toBeCloseTo(2 * (1 / 1000 + 1 / 1000), 12);
});

test("under 500 payments there is no PSI, for the window and for each day alone", () => {
  const day = (name: string) => ({ day: name, counts: [200, 50, 49], missing: 0 });
  expect(featureDrift(reference, words, [day("2026-11-01")])).toMatchObject({
    rows: 299,
    psi: null,
    psiByChance: null,
  });
  const two = featureDrift(reference, words, [day("2026-11-01"), day("2026-11-02")]);
  expect(two.psi).not.toBeNull();
  expect(two.days.map((d) => d.psi)).toEqual([null, null]);
});

test("a feature that is always missing has no PSI, and its missing rate says why", () => {
  const drift = featureDrift(reference, words, [{ day: "2026-11-01", counts: [0, 0, 0], missing: 900 }]);
  expect(drift).toMatchObject({ psi: null, missingRate: 1, referenceMissingRate: 0, psiByChance: null });
});

test("counts of other bins are left out, and no day at all is no evidence", () => {
  expect(featureDrift(reference, words, [{ day: "2026-11-01", counts: [900], missing: 0 }]).rows).toBe(0);
  expect(featureDrift(reference, words, [])).toMatchObject({
    rows: 0,
    psi: null,
    missingRate: null,
    days: [],
  });
});

test("what only tells the date is ranked after what can drift", () => {
  const counts = [{ day: "2026-11-01", counts: [0, 0, 900], missing: 0 }];
  const weekday = featureDrift(reference, { ...words, isCalendar: true }, counts);
  const calm = featureDrift(reference, words, [{ day: "2026-11-01", counts: [500, 300, 200], missing: 0 }]);
  expect([weekday, calm].sort(byDrift)).toEqual([calm, weekday]);
});

test("the worst comes first and what cannot be judged last", () => {
  const of = (name: string, counts: number[]) =>
    featureDrift({ ...reference, name }, words, [{ day: "2026-11-01", counts, missing: 0 }]);
  const ranked = [
    of("b", [1, 1, 1]),
    of("calm", [500, 300, 200]),
    of("a", [1, 1, 1]),
    of("wild", [0, 0, 900]),
  ];
  expect(ranked.sort(byDrift).map((feature) => feature.name)).toEqual(["wild", "calm", "a", "b"]);
});
