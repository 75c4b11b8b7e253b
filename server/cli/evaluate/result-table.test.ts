import { expect, test } from "vitest";
import { resultTable } from "./result-table.ts";
import { outcomeOf } from "./testing/outcome-of.ts";

test("the table marks what was selected, shows a dash where a figure is undefined, and its columns line up", () => {
  const [counts = "", head = "", rules = "", logistic = "", ...notes] = resultTable([
    outcomeOf(0.512345, { warnings: ["v1 tells the label"] }),
  ]);
  expect(counts).toBe(
    "Training 2026-01-01: 1,000 rows, 10 frauds. Validated on 300, 3 frauds. Test 2026-01-10: 400 rows, 4 frauds.",
  );
  expect(rules).toMatch(/^rules +– +– +– +0\.900/);
  expect(logistic).toMatch(/^logistic_regression \* +0\.612 +0\.512 +0\.400–0\.600/);
  expect(new Set([head, rules, logistic].map((line) => line.length)).size).toBe(1);
  expect(notes).toEqual([
    "* selected on rehearsals: the same protocol on earlier days.",
    "Chosen by validation: logistic_regression default (imbalance: class_weight).",
    "logistic_regression against rules on validation: AP +0.250 (95 %: −0.010 to +0.500, paired).",
    "Warning: v1 tells the label",
  ]);
});

test("several folds show means with deviations and what each of them chose", () => {
  const lines = resultTable([outcomeOf(0.5), outcomeOf(0.7, { selected: "rules", selection: "blocks" })]);
  expect(lines.filter((line) => line.startsWith("Training "))).toHaveLength(2);
  expect(lines[1]).toContain("Selected: rules.");
  expect(lines.join("\n")).toMatch(/rules \* .*\nlogistic_regression +0\.700 +0\.600 ±0\.100/);
  expect(lines.join("\n")).toContain(
    "* selected by cross-validation over blocks of the training span, before the first test day.",
  );
  expect(lines.filter((line) => line.includes("Chosen by validation"))).toHaveLength(2);
});
