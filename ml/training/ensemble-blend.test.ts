import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { blended, fitBlends, type MemberMargins } from "./ensemble-blend.ts";

/** Members that see the log-odds of fraud through noise of their own, each on a scale of its own. */
function members(
  noises: readonly number[],
  { rows = 6000, scale = 1, shift = 0, seed = "blend" } = {},
): MemberMargins {
  const rng = createRng(seed);
  const truth = Float64Array.from({ length: rows }, () => -4 + 2 * rng.normal());
  return {
    labels: Uint8Array.from(truth, (z) => Number(rng.next() < 1 / (1 + Math.exp(-z)))),
    margins: noises.map((noise, k) => truth.map((z) => (z + noise * rng.normal() + k * shift) * scale ** k)),
  };
}

function precisionOf(
  blend: ReturnType<typeof fitBlends>,
  kind: "mean of 2" | "mean of 3" | "stacked",
  rows: MemberMargins,
) {
  const found = blend.get(kind);
  return found === undefined ? null : averagePrecision(blended(found, rows.margins), rows.labels);
}

test("members with errors of their own are better together than each alone, on rows not fitted on", () => {
  const blends = fitBlends(members([2, 2, 2]));
  const unseen = members([2, 2, 2], { seed: "unseen" });
  const alone = Math.max(...unseen.margins.map((column) => averagePrecision(column, unseen.labels) ?? 0));
  for (const kind of ["mean of 2", "mean of 3", "stacked"] as const) {
    expect(precisionOf(blends, kind, unseen)).toBeGreaterThan(alone);
  }
});

test("the scale and the zero of a member's margin do not matter", () => {
  const plain = members([1, 1.5, 2]);
  const stretched = members([1, 1.5, 2], { scale: 10, shift: 3 });
  const [a, b] = [fitBlends(plain), fitBlends(stretched)];
  for (const kind of ["mean of 2", "mean of 3", "stacked"] as const) {
    const [there, here] = [a.get(kind), b.get(kind)];
    expect(there && here).toBeDefined();
    if (there === undefined || here === undefined) continue;
    const margins = blended(there, plain.margins);
    blended(here, stretched.margins).forEach((margin, row) => {
      expect(margin).toBeCloseTo(margins[row] ?? Number.NaN, 3);
    });
  }
});

test("the mean of 2 is of the best two and weighs them by their own scale only", () => {
  const { weights } = fitBlends(members([3, 0.5, 0.6])).get("mean of 2") ?? { weights: new Float64Array(3) };
  expect(weights[0]).toBe(0);
  expect((weights[1] ?? 0) / (weights[2] ?? 1)).toBeCloseTo(1, 0);
});

test("stacking gives a member that knows nothing next to no weight, and one turned round none", () => {
  const rows = members([0.5, 50]);
  const turned = {
    ...rows,
    margins: [...rows.margins, rows.margins[0]?.map((z) => -z) ?? new Float64Array(0)],
  };
  const { weights } = fitBlends(turned).get("stacked") ?? { weights: new Float64Array(3).fill(9) };
  expect(weights[0]).toBeGreaterThan(0.5);
  expect(weights[1]).toBeLessThan(0.02);
  expect(weights[2]).toBe(0);
});

test("a blend of log-odds stays one: fitted on every row it is about calibrated", () => {
  const rows = members([1, 1]);
  const blend = fitBlends(rows).get("stacked");
  const margins = blend === undefined ? [] : [...blended(blend, rows.margins)];
  const expected = margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0);
  expect(expected / rows.labels.reduce((sum, label) => sum + label, 0)).toBeCloseTo(1, 1);
});

test("weights hardly change when legitimate rows are too many to look at all of them", () => {
  const [all, thinned] = [members([1, 2], { rows: 49_000 }), members([1, 2], { rows: 140_000 })];
  const ratioOf = (rows: MemberMargins): number => {
    const { weights } = fitBlends(rows).get("stacked") ?? { weights: new Float64Array(2) };
    return (weights[0] ?? 0) / (weights[1] ?? 1);
  };
  expect(ratioOf(thinned) / ratioOf(all)).toBeGreaterThan(0.7);
  expect(ratioOf(thinned) / ratioOf(all)).toBeLessThan(1.4);
});

test("two members have no mean of 3; without a fraud there are still weights", () => {
  expect([...fitBlends(members([1, 1])).keys()]).toEqual(["mean of 2", "stacked"]);
  const rows = members([1, 1], { rows: 200 });
  const honest = fitBlends({ ...rows, labels: new Uint8Array(200) });
  for (const { weights, intercept } of honest.values()) {
    expect([...weights, intercept].every(Number.isFinite)).toBe(true);
  }
});
