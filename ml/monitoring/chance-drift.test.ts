import { expect, test } from "vitest";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { chanceDrift, chanceLimit, chanceOf } from "./chance-drift.ts";
import { psiFromCounts } from "./population-stability.ts";

const BINS = 10;
const ROWS = 2_000;

/** Counts of rows that come in clusters of equal ones: `size` 1 is independent rows. */
function window(rng: Rng, size: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (let cluster = 0; cluster < ROWS / size; cluster++) {
    const bin = rng.integer(BINS);
    counts[bin] = (counts[bin] ?? 0) + size;
  }
  return counts;
}

const reference = new Array<number>(BINS).fill(2_000);
function sized(rng: Rng, size: number) {
  const psi = psiFromCounts(reference, window(rng, size))?.psi ?? Number.NaN;
  return { psi, rows: ROWS, referenceRows: 20_000 };
}

test.each([1, 25])("with clusters of %i rows, as many windows exceed the limit as it says", (size) => {
  const rng = createRng(`chance:${size}`);
  let [over, limits] = [0, 0];
  for (let trial = 0; trial < 150; trial++) {
    const chance = chanceDrift(
      Array.from({ length: 12 }, () => sized(rng, size)),
      BINS,
    );
    if (chance === null) throw new Error("no chance level");
    const next = sized(rng, size);
    const limit = chanceLimit(0.05, next, chance);
    limits += limit;
    over += Number(next.psi > limit);
    expect(chanceOf(next, chance) < 0.05).toBe(next.psi > limit);
  }
  expect(over / 150).toBeLessThan(0.11);
  // Not by being blind: a few times what independent or clustered rows show on average.
  const average = (BINS - 1) * (size / ROWS + 1 / 20_000);
  expect(limits / 150).toBeLessThan(3 * average);
});

test("a larger window has a lower limit, and fewer than 3 windows teach nothing", () => {
  const rng = createRng("sizes");
  const chance = chanceDrift(
    Array.from({ length: 8 }, () => sized(rng, 1)),
    BINS,
  );
  if (chance === null) throw new Error("no chance level");
  const limit = (rows: number): number => chanceLimit(0.01, { rows, referenceRows: 20_000 }, chance);
  expect(limit(500)).toBeGreaterThan(limit(5_000));
  expect(chanceDrift([sized(rng, 1), sized(rng, 1)], BINS)).toBeNull();
});

test("windows that happen to agree are taken for no better than independent rows", () => {
  const same = { psi: 1e-9, rows: ROWS, referenceRows: 20_000 };
  expect(chanceDrift([same, same, same], BINS)).toMatchObject({ mean: 9, windows: 3 });
});
