import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOf, temporaryFolder } from "#server/services/import/testing/temporary-folder.ts";
import { runEvaluate } from "./evaluate.ts";
import { paymentsCsv, paymentsMapping } from "./testing/payments-csv.ts";

async function evaluate(csv: readonly string[], ...more: string[]): Promise<{ text: string; json: Json }> {
  const out = join(temporaryFolder(), "out.json");
  let text = "";
  const output = { write: (piece: string) => (text += piece) };
  const args = [
    ...["--data", fileOf(csv, "payments.csv.gz")],
    ...["--mapping", fileOf([JSON.stringify(paymentsMapping)], "small.json")],
    ...["--train", "2026-01-10..2026-01-17", "--gap", "3", "--test", "2026-01-21..2026-01-24"],
    ...["--families", "rules,logistic_regression", "--json", out, ...more],
  ];
  expect(await runEvaluate(args, output)).toBe(0);
  return { text, json: JSON.parse(readFileSync(out, "utf8")) };
}

type Json = { selected: string; results: Record<string, Record<string, number>> };

const timings = /"(fit|predict)Seconds": [\d.e-]+/g;

test("trains on some days of a file and tests on later ones, printing a table and writing every figure", async () => {
  const { text, json } = await evaluate(paymentsCsv(26));
  expect(Object.keys(json.results)).toEqual(["rules", "logistic_regression"]);
  expect(Object.keys(json.results)).toContain(json.selected);
  const result = json.results.logistic_regression ?? {};
  expect(Object.keys(result)).toEqual([
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
  expect(result).toMatchObject({ trainRows: 8 * 120, testRows: 4 * 120 });
  expect(result.averagePrecision).toBeGreaterThan(0.6);
  expect(text).toContain("Training: 960 rows, ");
  expect(text).toMatch(/logistic_regression( \*)?\s+0\.\d{3}/);
});

test("the same file, options and seed give the same figures", async () => {
  const [first, second] = [await evaluate(paymentsCsv(26)), await evaluate(paymentsCsv(26))];
  const figures = ({ json }: { json: Json }): string => JSON.stringify(json, null, 1).replace(timings, "");
  expect(figures(first)).toBe(figures(second));
});

test("nothing of the test days enters the choice or the models", async () => {
  const csv = paymentsCsv(26);
  const flipped = csv.map((line) =>
    /^\d+,2026-01-2[1-4]/.test(line) ? line.replace(/\d$/, (fraud) => String(1 - Number(fraud))) : line,
  );
  const [honest, upset] = [await evaluate(csv), await evaluate(flipped)];
  const validation = (text: string): string | undefined =>
    text.split("\n").find((line) => line.startsWith("* selected"));
  expect(validation(upset.text)).toBe(validation(honest.text));
  expect(upset.json.selected).toBe(honest.json.selected);
  expect(upset.json.results.rules?.averagePrecision).not.toBe(honest.json.results.rules?.averagePrecision);
});

test("known cards leave the test days when asked, and another feature set may be chosen", async () => {
  const all = await evaluate(paymentsCsv(26));
  const dropped = await evaluate(paymentsCsv(26), "--drop-known-cards", "--feature-set", "handbook");
  expect(dropped.json.results.rules?.testRows).toBeLessThan(all.json.results.rules?.testRows ?? 0);
  expect(dropped.json.results.rules?.trainRows).toBe(960);
  expect(dropped.text).toContain("Feature set handbook@");
});
