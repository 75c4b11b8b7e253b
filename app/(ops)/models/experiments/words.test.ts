import { expect, test } from "vitest";
import type { Experiment, Trial } from "../types.ts";
import { axesOf, byStanding, experimentReading, parametersText, standingOf, valuesOf } from "./words.ts";

const figure = (value: number): Trial["rungs"][number]["figures"]["roc_auc"] => ({ value, interval: null });

function trial(number: number, value: number | null, changes: Partial<Trial> = {}): Trial {
  const figures = value === null ? null : figure(value);
  return {
    number,
    family: "gradient_boosting",
    imbalance: "none",
    parameters: { learningRate: 0.05, maxDepth: 4 + number },
    state: "behind",
    error: null,
    artifactHash: null,
    rungs:
      figures === null
        ? []
        : [
            {
              rung: 0,
              share: 1 / 3,
              trainRows: 100,
              trainFrauds: 5,
              seconds: 1,
              steps: 3,
              figures: {
                average_precision: figures,
                recall_at_fpr_001: figures,
                recall_at_fpr_01: figures,
                roc_auc: figures,
              },
            },
          ],
    ...changes,
  };
}

const onAllRows = (each: Trial): Trial => ({
  ...each,
  rungs: [...each.rungs, ...each.rungs.map((rung) => ({ ...rung, rung: 1, share: 1 }))],
});

const winner = onAllRows(trial(2, 0.4, { state: "won" }));
const trials = [trial(1, 0.5), winner, onAllRows(trial(3, 0.3)), trial(4, null, { state: "late" })];
const experiment = {
  status: "succeeded",
  settings: { metric: "average_precision", trials: 4, budgetMinutes: 5 },
  error: null,
  trials,
} as unknown as Experiment;

test("what got furthest stands first, whatever a trial on fewer rows measured", () => {
  expect(trials.toSorted(byStanding("average_precision")).map(({ number }) => number)).toEqual([2, 3, 1, 4]);
});

test("one that lost on all rows was a finalist; one left behind earlier was not", () => {
  expect(trials.map((each) => standingOf(each).label)).toEqual(["behind", "winner", "finalist", "no time"]);
});

test("the reading names the winner, its figure and how many were measured", () => {
  expect(experimentReading(experiment)).toBe(
    "Trial 2 (boosted trees) wins with average precision 0.400 on the validation days; 3 of 4 configurations measured.",
  );
  const running = { ...experiment, status: "running", trials: [trial(1, 0.5), trial(2, null)] } as Experiment;
  expect(experimentReading(running)).toBe(
    "1 of 2 configurations measured; trial 1 (boosted trees) is ahead with average precision 0.500.",
  );
});

test("options are said in words, and small ones by their power of ten", () => {
  const network = trial(1, 0.1, { parameters: { hidden: [32, 16], l2: 0.0000039, learningRate: 0.0123 } });
  expect(parametersText(network)).toBe("hidden 32-16, L2 penalty 3.9e-6, learning rate 0.0123");
});

test("axes are the family, the method, the numbers drawn, the rows and the metric; a trial has values on them", () => {
  const axes = axesOf(trials, "average_precision");
  expect(axes.map(({ key }) => key)).toEqual([
    "family",
    "imbalance",
    "learningRate",
    "maxDepth",
    "share",
    "metric",
  ]);
  expect(valuesOf(winner, "average_precision")).toEqual({
    family: "boosted trees",
    imbalance: "left as they are",
    learningRate: 0.05,
    maxDepth: 6,
    share: "100 %",
    metric: 0.4,
  });
});
