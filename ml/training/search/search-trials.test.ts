import { expect, test } from "vitest";
import { familyOptions, memberFamilies } from "#ml/models/families.ts";
import { imbalanceDefaults, imbalanceMethods } from "../imbalance-method.ts";
import { syntheticDataset } from "../testing/synthetic-dataset.ts";
import { planWindows, splitByTime } from "../time-split.ts";
import { trainDefaults } from "../train-options.ts";
import { candidateOf, drawTrials, type Trial } from "./draw-trials.ts";
import { type Search, type SearchWatch, searchTrials } from "./search-trials.ts";

const dataset = syntheticDataset({ rows: 6_000, days: 60 });
const options = {
  ...trainDefaults,
  maturityDays: 7,
  bootstrapReplicates: 20,
  split: { ...trainDefaults.split, gapDays: 7 },
};
const nowMs = (dataset.occurredAtMs.at(-1) ?? 0) + 8 * 86_400_000;
const split = splitByTime(dataset, planWindows(dataset, options.split, { nowMs, maturityDays: 7 }), {
  ...options,
  nowMs,
});

const drawing = { imbalanceMethods, imbalance: imbalanceDefaults, seed: 3 };

test("configurations are drawn family by family, each family's defaults first, none twice", () => {
  const families = memberFamilies.filter((family) => family !== "isolation_forest");
  const trials = drawTrials(split.train, { ...drawing, families, count: 40 });
  expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(trials.slice(0, 4).map(({ family }) => family)).toEqual([
    "rules",
    "logistic_regression",
    "gradient_boosting",
    "neural_network",
  ]);
  expect(trials.filter(({ family }) => family === "rules")).toHaveLength(1);
  const keys = trials.map(({ family, imbalance, parameters }) =>
    JSON.stringify([family, imbalance, parameters]),
  );
  expect(new Set(keys).size).toBe(40);
  for (const trial of trials.slice(0, families.length)) {
    expect(candidateOf({ ...trial, imbalance: "none" }).options).toEqual(familyOptions(trial.family));
  }
  expect(drawTrials(split.train, { ...drawing, families, count: 40 })).toEqual(trials);
  expect(drawTrials(split.train, { ...drawing, families, count: 40, seed: 4 })).not.toEqual(trials);
});

test("one that has nothing more to draw leaves the rest to the others", () => {
  const count = 12;
  expect(drawTrials(split.train, { ...drawing, families: ["rules"], count })).toHaveLength(1);
});

const search: Search = {
  dataset,
  split,
  metric: "average_precision",
  draw: { families: ["rules", "logistic_regression"], imbalanceMethods: ["none"], count: 6 },
  options,
  budgetMs: 60_000,
};

function watching(changes: Partial<SearchWatch> = {}): SearchWatch & { readonly told: string[] } {
  const told: string[] = [];
  let nowMs = 0;
  return {
    told,
    signal: null,
    clock: () => nowMs++,
    onPlan: async (trials, rungs) => void told.push(`plan ${trials.length} on ${rungs.length}`),
    onTrial: async ({ number }, rung) => void told.push(`start ${number} on ${rung}`),
    onProgress: () => {},
    onMeasured: async ({ number }, rung, { fit }) =>
      void told.push(`end ${number} on ${rung}${fit === null ? "" : ", kept"}`),
    onFailed: async ({ number }, _, reason) => void told.push(`failed ${number}: ${reason}`),
    onRungEnd: async (rung, { goOn, late }) =>
      void told.push(`rung ${rung}: ${goOn.length} on, ${late.length} late`),
    ...changes,
  };
}

test("the search ends with the configuration that was best on the validation slice, and keeps its fit", async () => {
  const watch = watching();
  const end = await searchTrials(search, watch);
  expect(end.wasCutShort).toBe(false);
  expect(watch.told[0]).toBe("plan 6 on 1");
  expect(watch.told.filter((line) => line.endsWith("kept"))).toHaveLength(6);
  expect(end.measurement?.figures.average_precision.value).toBeGreaterThan(0.05);
  expect(end.measurement?.figures.roc_auc.interval).not.toBeNull();
  const again = await searchTrials(search, watching());
  expect(again.winner).toEqual(end.winner);
  expect(again.measurement?.figures).toEqual(end.measurement?.figures);
});

test("what the test days hold has no say", async () => {
  const end = await searchTrials(search, watching());
  const labels = Int8Array.from(dataset.labels);
  for (const row of split.test.rows) labels[row] = 1 - (row % 2);
  const other = await searchTrials({ ...search, dataset: { ...dataset, labels } }, watching());
  expect(other.winner).toEqual(end.winner);
  expect(other.measurement?.figures).toEqual(end.measurement?.figures);
});

test("a fit that runs into the end of the time is stopped, and the first configuration is the model", async () => {
  let nowMs = 0;
  const watch = watching({ clock: () => nowMs });
  const slow: SearchWatch = {
    ...watch,
    onProgress: (trial: Trial) => {
      if (trial.number > 1) nowMs = 100_000;
    },
  };
  const end = await searchTrials(search, slow);
  expect(end).toMatchObject({ wasCutShort: true, winner: { number: 1 } });
  expect(watch.told).toContain("rung 0: 1 on, 5 late");
});

test("a configuration that cannot be fitted is out with its reason", async () => {
  const watch = watching();
  const end = await searchTrials(search, {
    ...watch,
    onMeasured: async () => {
      throw new RangeError("no good");
    },
  });
  expect(end.winner).toBeNull();
  expect(watch.told).toContain("failed 1: no good");
});

test("an aborted search throws the signal's reason", async () => {
  const controller = new AbortController();
  const watch = watching({
    signal: controller.signal,
    onTrial: async () => controller.abort(new Error("enough")),
  });
  await expect(searchTrials(search, watch)).rejects.toThrow("enough");
});
