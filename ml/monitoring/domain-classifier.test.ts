import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { domainClassifier, type SampledWindow } from "./domain-classifier.ts";
import { referenceOf } from "./feature-reference.ts";

const ROWS = 800;

/** Three features; customers pay eight times each, and the third feature is the customer's own. */
function sample(seed: string, shift: number): SampledWindow {
  const rng = createRng(seed);
  const features = new Float64Array(ROWS * 3);
  const groups: string[] = [];
  let own = 0;
  for (let row = 0; row < ROWS; row++) {
    if (row % 8 === 0) own = rng.normal();
    features.set([rng.normal() + shift, rng.normal(), own], row * 3);
    groups.push(`${seed} customer ${Math.floor(row / 8)}`);
  }
  return { rows: ROWS, features, groups };
}

const usual = sample("usual", 0);
const columns = ["moving", "still", "own"].map((name) => ({ name, isCategory: false }));
const reference = referenceOf(usual.features, ROWS, 3, columns);
const none: ReadonlySet<string> = new Set();

test("without drift it can hardly tell, though customers differ", async () => {
  const { auc } = await domainClassifier(usual, sample("other", 0), reference, none);
  expect(Math.abs((auc ?? 1) - 0.5)).toBeLessThan(0.1);
});

test("a shift of one deviation is told, and by which feature", async () => {
  const { auc, shares } = await domainClassifier(usual, sample("moved", 1), reference, none);
  // Two normals a deviation apart: AUC is Phi(1 / sqrt 2) = 0.76.
  expect(auc).toBeGreaterThan(0.7);
  expect(auc).toBeLessThan(0.8);
  expect(shares[0]?.name).toBe("moving");
  expect(shares[0]?.share).toBeGreaterThan(0.8);
});

test("what is skipped gives nothing away; missing values do", async () => {
  const moved = sample("moved", 1);
  const skipped = await domainClassifier(usual, moved, reference, new Set(["moving"]));
  expect(Math.abs((skipped.auc ?? 1) - 0.5)).toBeLessThan(0.1);
  const gaps = { ...usual, features: usual.features.map((value, i) => (i % 6 === 1 ? Number.NaN : value)) };
  const { shares } = await domainClassifier(usual, gaps, reference, none);
  expect(shares[0]?.name).toBe("still");
});

test("an empty window has no AUC", async () => {
  const empty = { rows: 0, features: new Float64Array(0), groups: [] };
  expect((await domainClassifier(usual, empty, reference, none)).auc).toBeNull();
});
