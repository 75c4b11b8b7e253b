import { expect, test } from "vitest";
import { progressMeter } from "./train-progress.ts";

test("progress runs from 0 to 1 and never falls, and names its stage", () => {
  const seen: { fraction: number; stage: string }[] = [];
  const meter = progressMeter(["rules", "neural_network"], (progress) => seen.push(progress));
  meter.fitting("rules")({ step: 1, steps: 1, note: "counted" });
  const network = meter.fitting("neural_network");
  network({ step: 3, steps: 20, note: "epoch 3 of 20" });
  network({ step: 1, steps: 20, note: "epoch 1 of 20" });
  meter.evaluating("rules", 0);
  meter.evaluating("neural_network", 1);
  meter.done();
  expect(seen.map((p) => p.stage)).toContain("fit neural_network epoch 3 of 20");
  expect(seen[0]).toEqual({ fraction: 0, stage: "fit rules" });
  expect(seen.at(-1)).toEqual({ fraction: 1, stage: "done" });
  const fractions = seen.map((p) => p.fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
});

test("steps beyond the promise and a fit of no steps stay inside their share", () => {
  let last = 0;
  const meter = progressMeter(["rules"], ({ fraction }) => {
    last = fraction;
  });
  meter.fitting("rules")({ step: 9, steps: 0, note: "" });
  expect(last).toBeLessThan(1);
});

test("the fits of a family share its part of the bar, and each is named", () => {
  const seen: { fraction: number; stage: string }[] = [];
  const meter = progressMeter(["rules", "gradient_boosting"], (progress) => seen.push(progress));
  meter.fitting("rules");
  const first = meter.fitting("gradient_boosting", { part: 0, parts: 4, name: "fold 1 of 2" });
  first({ step: 1, steps: 1, note: "tree 400 of 400" });
  const [half] = [seen.at(-1)?.fraction ?? 0];
  meter.fitting("gradient_boosting", { part: 3, parts: 4, name: "final fit" });
  const [start = 0] = seen.filter(({ stage }) => stage.startsWith("fit gradient")).map((p) => p.fraction);
  expect(seen.map(({ stage }) => stage)).toContain("fit gradient_boosting (fold 1 of 2) tree 400 of 400");
  expect((seen.at(-1)?.fraction ?? 0) - start).toBeCloseTo(3 * (half - start), 12);
});
