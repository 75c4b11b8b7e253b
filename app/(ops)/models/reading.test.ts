import { expect, test } from "vitest";
import {
  championBefore,
  comparisonReading,
  modelsReading,
  newestCandidate,
  promotionEffect,
  signed,
} from "./reading.ts";
import type { Model, Report } from "./types.ts";
import { capitalised, familyWords, withInterval } from "./words.ts";

const model = (number: number, status: Model["status"], promotedAt: string | null): Model => ({
  id: `m${number}`,
  number,
  status,
  family: "logistic_regression",
  featureSetName: "default",
  featureSetVersion: "default@x",
  artifactHash: "h",
  createdAt: "2026-11-01T00:00:00.000Z",
  trainedFrom: "2026-08-01T00:00:00.000Z",
  trainedTo: "2026-10-01T00:00:00.000Z",
  promotedAt,
  retiredAt: null,
  trainingRunId: null,
  averagePrecision: 0.602,
  averagePrecisionInterval: { lower: 0.571, upper: 0.631 },
  rocAuc: 0.99,
});

const compared = (difference: number | null, interval: { lower: number; upper: number } | null): Report => {
  const side = { rows: 5000, frauds: 200 };
  return {
    champion: {
      versionId: "m1",
      number: 1,
      comparison: {
        champion: { ...side, recallAtFpr01: 0.6 },
        candidate: { ...side, recallAtFpr01: 0.7 },
        difference,
        differenceInterval: interval === null ? null : { ...interval, replicates: 200 },
      },
    },
    championNote: null,
  } as unknown as Report;
};

test("the page says which version decides, and that payments go to review when none does", () => {
  expect(modelsReading([model(2, "champion", "2026-11-02T00:00:00.000Z")])).toBe(
    "Version 2, logistic regression, decides since 2 Nov 2026; average precision 0.602 (0.571 to 0.631) on test",
  );
  expect(modelsReading([model(1, "candidate", null)])).toContain("payments go to review");
  expect(modelsReading([])).toBe("No model has been trained yet");
});

test("a candidate older than the champion is not offered", () => {
  const champion = model(2, "champion", "2026-11-02T00:00:00.000Z");
  expect(newestCandidate([model(3, "candidate", null), champion])?.number).toBe(3);
  expect(newestCandidate([champion, model(1, "candidate", null)])).toBeNull();
});

test("a rollback leads to the champion promoted last before this one", () => {
  const models = [
    model(3, "champion", "2026-11-03T00:00:00.000Z"),
    model(2, "retired", "2026-11-02T00:00:00.000Z"),
    model(4, "retired", "2026-11-01T00:00:00.000Z"),
    model(1, "retired", null),
  ];
  expect(championBefore(models)?.number).toBe(2);
  expect(championBefore(models.slice(0, 1))).toBeNull();
});

test("a difference is only called one when its interval leaves zero out", () => {
  expect(comparisonReading(2, compared(0.02, { lower: 0.004, upper: 0.038 }))).toBe(
    "Version 2 ranks better than version 1 by 0.020 in average precision (95 % interval +0.004 to +0.038).",
  );
  expect(comparisonReading(2, compared(-0.02, { lower: -0.04, upper: -0.01 }))).toContain("ranks worse");
  expect(comparisonReading(2, compared(0.01, { lower: -0.02, upper: 0.04 }))).toContain(
    "No difference beyond chance",
  );
  expect(comparisonReading(2, compared(0.01, null))).toContain("too few frauds");
  expect(comparisonReading(2, compared(null, null))).toContain("no fraud");
  const alone = { champion: null, championNote: "There is no champion yet." } as unknown as Report;
  expect(comparisonReading(2, alone)).toBe("There is no champion yet.");
});

test("a promotion's effect is told in frauds found, and not at all without a comparison", () => {
  expect(promotionEffect(2, compared(0.02, null))[1]).toBe(
    "Stopping 1 good payment in 100, version 2 finds 140 of these frauds; the champion finds 120.",
  );
  expect(promotionEffect(2, { champion: null } as unknown as Report)).toEqual([]);
});

test("words of figures and families", () => {
  expect([signed(-0.0123), signed(0.5)]).toEqual(["−0.012", "+0.500"]);
  expect(withInterval(null, null)).toBe("–");
  expect(capitalised(familyWords("neural_network"))).toBe("Neural network");
  expect(familyWords("graph_model")).toBe("graph model");
});
