import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf, temporaryFolder } from "#server/services/import/testing/temporary-folder.ts";
import type { EvaluationResults, FamilyResult } from "./evaluate/results.ts";
import { runEvaluate } from "./evaluate.ts";
import { paymentsCsv, paymentsMapping } from "./testing/payments-csv.ts";

type Run = { readonly text: string; readonly json: EvaluationResults };

/** Runs the command on a mapping of payments, with two cheap families as they are by default. */
async function evaluate(...args: string[]): Promise<Run> {
  const out = join(temporaryFolder(), "out.json");
  let text = "";
  const output = { write: (piece: string) => (text += piece) };
  const mapping = fileOf([JSON.stringify(paymentsMapping)], "small.json");
  const fixed = ["--mapping", mapping, "--families", "rules,logistic_regression", "--quick", "--json", out];
  expect(await runEvaluate([...fixed, ...args], output)).toBe(0);
  return { text, json: JSON.parse(readFileSync(out, "utf8")) };
}

const days = ["--train", "2026-01-14..2026-01-17", "--gap", "3", "--test", "2026-01-21..2026-01-22"];
const csv = paymentsCsv(22, 60);
const evaluateDays = (lines: readonly string[], ...more: string[]): Promise<Run> =>
  evaluate("--data", fileOf(lines, "payments.csv.gz"), ...days, ...more);

const familyOf = ({ json }: Run, family: "rules" | "logistic_regression"): FamilyResult => {
  const result = json.results[family];
  if (result === undefined) throw new Error(`${family} is missing`);
  return result;
};

test("trains on some days of a file and tests on later ones, printing a table and writing every figure", async () => {
  const run = await evaluateDays(csv);
  expect(Object.keys(run.json.results)).toEqual(["rules", "logistic_regression"]);
  expect(Object.keys(run.json.results)).toContain(run.json.selected);
  const result = familyOf(run, "logistic_regression");
  expect(Object.keys(result).slice(0, 11)).toEqual([
    "averagePrecision",
    "rocAuc",
    "cardPrecision100",
    "recallAtFpr001",
    "recallAtFpr01",
    "brier",
    "ece",
    "fitSeconds",
    "predictSeconds",
    "trainRows",
    "testRows",
  ]);
  expect(result).toMatchObject({ trainRows: 4 * 60, testRows: 2 * 60, deviation: null });
  expect(result.averagePrecision).toBeGreaterThan(0.5);
  expect(run.json.folds[0]?.selection).toBe("rehearsals");
  expect(run.text).toContain("Training 2026-01-14: 240 rows, ");
  expect(run.text).toMatch(/logistic_regression( \*)? +[01]\.\d{3} +[01]\.\d{3}/);
});

test("the same file, options and seed give the same figures, and nothing of the test days enters the choice", async () => {
  const flipped = csv.map((line) =>
    /^\d+,2026-01-2[12]/.test(line) ? line.replace(/\d$/, (fraud) => String(1 - Number(fraud))) : line,
  );
  const [honest, again, upset] = [
    await evaluateDays(csv),
    await evaluateDays(csv),
    await evaluateDays(flipped),
  ];
  const figures = ({ json }: Run): string =>
    JSON.stringify(json).replace(/"(fit|predict)Seconds":[\d.e-]+/g, "");
  expect(figures(again)).toBe(figures(honest));
  expect(upset.json.selected).toBe(honest.json.selected);
  for (const family of ["rules", "logistic_regression"] as const) {
    const [before, after] = [familyOf(honest, family), familyOf(upset, family)];
    expect(after.validationAveragePrecision).toBe(before.validationAveragePrecision);
    expect(after.averagePrecision).not.toBe(before.averagePrecision);
  }
});

test("known cards leave the test days when asked, and another feature set may be chosen", async () => {
  const dropped = await evaluateDays(csv, "--drop-known-cards", "--feature-set", "handbook", "--slices");
  expect(familyOf(dropped, "rules").testRows).toBeLessThan(120);
  expect(familyOf(dropped, "rules").trainRows).toBe(240);
  expect(dropped.text).toContain("Feature set handbook@");
  expect(dropped.text).toContain("Per group, alerts from score");
  expect(dropped.json.slices?.all.rows).toBe(familyOf(dropped, "rules").testRows);
});

test("separate files and shares of one file give the same figures where they hold the same rows", async () => {
  const [header = "", ...rows] = paymentsCsv(10, 60);
  const set = ["--feature-set", "attributes", "--gap", "0"];
  const shares = await evaluate(
    ...["--data", fileOf([header, ...rows], "all.csv"), "--train", "0%..80%", "--test", "80%..100%", ...set],
  );
  const files = await evaluate(
    ...["--train", fileOf([header, ...rows.slice(0, 480)], "train.csv")],
    ...["--test", fileOf([header, ...rows.slice(480)], "test.csv"), ...set],
  );
  expect(familyOf(shares, "rules")).toMatchObject({ trainRows: 480, testRows: 120 });
  const ap = (run: Run): number | null => familyOf(run, "logistic_regression").averagePrecision;
  expect(ap(shares)).toBeGreaterThan(0.5);
  expect(ap(files)).toBe(ap(shares));
});

test("without days the newest are tested, fold by fold, with means and deviations", async () => {
  const walk = ["--gap", "3", "--train-days", "4", "--test-days", "2", "--folds", "2"];
  const run = await evaluate("--data", fileOf(csv, "payments.csv.gz"), ...walk);
  expect(run.json.folds.map(({ test }) => test.from.slice(0, 10))).toEqual(["2026-01-21", "2026-01-19"]);
  const { averagePrecision, deviation } = familyOf(run, "logistic_regression");
  const each = run.json.folds.map((fold) => fold.results.logistic_regression?.averagePrecision ?? 0);
  expect(averagePrecision).toBeCloseTo(((each[0] ?? 0) + (each[1] ?? 0)) / 2, 12);
  expect(deviation?.averagePrecision).toBeCloseTo(Math.abs((each[0] ?? 0) - (each[1] ?? 0)) / 2, 12);
});
