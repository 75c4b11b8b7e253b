import { expect, test } from "vitest";
import type { CrashReport } from "./rounds.ts";
import { faultsOf } from "./verdict.ts";

const clean: CrashReport = {
  rounds: 20,
  acknowledged: 1_000,
  indeterminate: 40,
  unsettled: 0,
  wrong: [],
  missing: 0,
  altered: 0,
  unpaired: 0,
  vectorsCompared: 1_010,
  vectorsDiffering: 0,
  scoresDiffering: 0,
};
const control: CrashReport = { ...clean, missing: 12 };

test("nothing lost, and a control that lost some, is a pass", () => {
  expect(faultsOf(clean, control)).toEqual([]);
});

test("every kind of loss is named", () => {
  const bad = {
    ...clean,
    missing: 1,
    altered: 2,
    unpaired: 3,
    unsettled: 4,
    vectorsDiffering: 5,
    scoresDiffering: 6,
  };
  expect(faultsOf({ ...bad, wrong: ["409 conflict"] }, control)).toEqual([
    "1 acknowledged payments are missing",
    "2 acknowledged payments have another answer stored",
    "3 payments and decisions do not belong together",
    "4 payments never got an answer",
    "1 answers were wrong, for example 409 conflict",
    "5 served vectors differ from a replay",
    "6 served scores differ from a replay",
  ]);
});

test("a run that could not have failed is a failure", () => {
  expect(faultsOf(clean, clean)).toEqual([expect.stringMatching(/control lost nothing/)]);
  expect(faultsOf({ ...clean, indeterminate: 0 }, control)).toEqual([expect.stringMatching(/in flight/)]);
  expect(faultsOf({ ...clean, vectorsCompared: 10 }, control)).toEqual([expect.stringMatching(/recomputed/)]);
});
