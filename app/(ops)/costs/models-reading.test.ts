import { expect, test } from "vitest";
import { differenceOfModels, modelRows, modelsReading, modelValues } from "./models-reading.ts";
import type { ModelCosts } from "./types.ts";

const model = (
  key: "served" | "challenger",
  costs: number[],
  cost: number,
): ModelCosts["models"][number] => ({
  key,
  number: key === "served" ? 3 : 4,
  costs,
  bands: costs.map((at) => ({ lower: at - 0.01, upper: at + 0.01 })),
  area: 0.1,
  now: { cost, interval: null },
});
const view: ModelCosts = {
  rows: 900,
  frauds: 60,
  replicates: 200,
  probabilityCosts: [0, 0.5, 1],
  now: { review: 0.2, decline: 0.6 },
  models: [model("served", [0, 0.2, 0], 0.1), model("challenger", [0, 0.15, 0], 0.08)],
  difference: { cost: -0.02, interval: { lower: -0.05, upper: 0.01 } },
};

test("the cheapest model at the costs of now is named, against treating every payment alike", () => {
  expect(modelsReading(view)).toBe(
    "At your costs challenger, version 4 is cheapest: 60 % under treating every payment alike",
  );
  const useless = { ...view, models: [model("served", [0, 0.5, 0], 0.2)] };
  expect(modelsReading(useless)).toContain("no model is cheaper");
});

test("a difference that the payments cannot tell from none is called flat", () => {
  expect(differenceOfModels(view)).toContain("are flat against each other");
  const sure = { ...view, difference: { cost: -0.02, interval: { lower: -0.05, upper: -0.01 } } };
  expect(differenceOfModels(sure)).toBe(
    "At your costs the challenger costs less by 0.020 than what served (95 % from -0.050 to -0.010).",
  );
  expect(differenceOfModels({ ...view, difference: null })).toContain("No challenger");
});

test("the least of all is the least of the models and of treating every payment alike", () => {
  expect(modelRows(view).map((row) => row.least)).toEqual([0, 0.15, 0]);
  const { columns, rows } = modelValues(view);
  expect(rows[1]).toEqual([0.5, 0.2, 0.19, 0.21000000000000002, 0.15, 0.13999999999999999, 0.16, 0.5, 0.15]);
  expect(columns).toHaveLength(9);
});
