import { expect, test } from "vitest";
import type { Report, VersionDetail } from "../types.ts";
import {
  agreementReading,
  calibrationWords,
  candidateState,
  choiceReading,
  dayParts,
  foldWords,
  groupRows,
  importanceReading,
  intervalWords,
  testRows,
  versionReading,
} from "./words.ts";

const DAY = 86_400_000;
const slice = (from: number, to: number) => ({ fromMs: from * DAY, toMs: to * DAY, rows: 100, frauds: 2 });

const family = (name: string, averagePrecision: number | null) => ({
  family: name,
  fitSeconds: 1.25,
  calibrator: "platt",
  test: { averagePrecision, averagePrecisionInterval: null, recallAtFpr01: 0.5, brier: 0.004, ece: 0.001 },
});
const report = {
  selected: "ensemble",
  families: { rules: family("rules", null), ensemble: family("ensemble", 0.5), trees: family("trees", 0.6) },
  champion: { number: 1, comparison: { champion: family("x", 0.4).test } },
} as unknown as Report;

const candidate = {
  family: "gradient_boosting",
  variant: "default",
  imbalance: "none",
  validationAveragePrecision: 0.6,
  foldAveragePrecision: [0.61, null, 0.59],
  dropped: false,
  chosen: true,
} as const;
const facts = {
  members: [],
  candidates: [candidate, { ...candidate, variant: "deep", chosen: false }],
  runnerUp: null,
  calibrator: "isotonic",
  importance: [],
} as unknown as VersionDetail["facts"];
const version = {
  number: 2,
  status: "candidate",
  createdAt: "2026-11-01T00:00:00.000Z",
  promotedAt: null,
  report,
  facts,
} as unknown as VersionDetail;

test("the page says since when a version decides, or when it was made, and how it did", () => {
  expect(versionReading(version)).toBe(
    "Made 1 Nov 2026; average precision 0.500 on test, recall 50.0 % at 1 % of good payments alerted",
  );
  const champion = { ...version, status: "champion", promotedAt: "2026-11-02T00:00:00.000Z" } as const;
  expect(versionReading(champion)).toContain("Decides since 2 Nov 2026");
  expect(versionReading({ ...version, report: null })).toContain("not known");
});

test("the best on test comes first, undefined last, the champion of that day after the run's own", () => {
  const rows = testRows(report);
  expect(rows.map(({ key }) => key)).toEqual(["trees", "ensemble", "rules", "champion"]);
  expect(rows[1]?.what).toBe("chosen on validation, fitted in 1.3 s, platt calibration");
  expect(testRows({ ...report, champion: null })).toHaveLength(3);
});

test("a configuration was its family's best, left early, or was not taken", () => {
  expect(candidateState(candidate).label).toBe("its family's best");
  expect(candidateState({ ...candidate, chosen: false, dropped: true }).label).toBe("left early");
  expect(candidateState({ ...candidate, chosen: false }).label).toBe("not taken");
  expect(foldWords(candidate)).toBe("0.610, –, 0.590");
  expect(foldWords({ ...candidate, foldAveragePrecision: [0.6] })).toBe("–");
});

test("the choice tells its runner-up, and that chance may have made the difference", () => {
  expect(choiceReading(facts)).toContain(
    "2 configurations compared by average precision on 3 validation folds",
  );
  const runnerUp = { family: "rules", difference: 0.01, differenceInterval: null } as const;
  expect(choiceReading({ ...facts, runnerUp })).toContain("+0.010 against the next best, rules baseline.");
  const interval = { lower: -0.02, upper: 0.04, replicates: 200 };
  expect(choiceReading({ ...facts, runnerUp: { ...runnerUp, differenceInterval: interval } })).toContain(
    "−0.020 to +0.040: no difference beyond chance",
  );
});

test("calibration stands with its errors on test where there are any", () => {
  expect(calibrationWords(version)).toBe("Isotonic; Brier 0.00400, ECE 0.0010 on test");
  expect(calibrationWords({ ...version, report: null })).toBe("Isotonic");
});

test("importance names what would be missed most", () => {
  const figures = { meanContribution: null, gain: null };
  const importance = [
    { name: "a", text: "amount of this payment", permutation: 0.12, ...figures },
    { name: "b", text: "weekday", permutation: 0.05, ...figures },
  ];
  expect(importanceReading({ ...facts, importance })).toBe(
    "Shuffling the values of “amount of this payment” costs most, 0.120 of average precision, then of “weekday”",
  );
  expect(importanceReading(facts)).toContain("not measured");
});

test("days stand in order with the gaps between them; slices that touch or overlap have none", () => {
  const parts = dayParts({ train: slice(0, 10), validation: slice(15, 20), test: slice(20, 21) });
  expect(parts.map(({ name }) => name)).toEqual([
    "Learned from, 10 days",
    "Gap of 5 days: labels still to come",
    "Chosen and calibrated on, 5 days",
    "Tested on, 1 day",
  ]);
  expect(dayParts({ train: slice(0, 12), validation: slice(10, 12), test: slice(12, 13) })).toHaveLength(3);
});

test("groups follow all payments; a version without them has none", () => {
  const group = { value: "new", rows: 10, frauds: 1 };
  const slices = { threshold: 0.1, all: group, slices: [{ name: "c", title: "Customer", groups: [group] }] };
  const grouped = groupRows({ ...report, slices } as unknown as Report);
  expect(grouped.map(({ title, value }) => [title, value])).toEqual([
    ["All", "every test payment"],
    ["Customer", "new"],
  ]);
  expect(groupRows(report)).toEqual([]);
});

test("an interval is told in whole per cent", () => {
  expect(intervalWords({ lower: 0.641, upper: 0.77 })).toBe("(64 % to 77 %)");
});

test("agreement is told over what both models scored, and what could not be scored beside it", () => {
  const none = { decisions: 0, compared: 0, same: 0, failed: 0, disagreed: [], currencies: [] };
  expect(agreementReading(none, true)).toContain("nothing was scored yet");
  expect(agreementReading(none, false)).toContain("decides nothing");
  const some = { ...none, decisions: 12_000, compared: 11_998, same: 11_878, failed: 2 };
  expect(agreementReading(some, true)).toBe(
    "Scores in shadow: 12,000 payments; 99.00 % of 11,998 that both scored with the champion's outcome under the policy of then; 2 it could not score",
  );
  expect(agreementReading({ ...none, decisions: 3, failed: 3 }, false)).toBe(
    "Scored in shadow: 3 payments; 3 it could not score",
  );
});
