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
