import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { handbookFeatureSet } from "#ml/features/default-set.ts";
import { fileOf, temporaryFolder } from "#server/services/import/testing/temporary-folder.ts";
import { runFeatures } from "./features.ts";

const header = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD";

async function features(lines: readonly string[], out: string, ...more: string[]): Promise<string> {
  const path = join(temporaryFolder(), out);
  let text = "";
  const output = { write: (piece: string) => (text += piece) };
  const args = ["--data", fileOf([header, ...lines]), "--mapping", "handbook", "--out", path];
  expect(await runFeatures([...args, "--from", "2018-04-10", "--to", "2018-04-10", ...more], output)).toBe(0);
  expect(text).toContain("rows of handbook@");
  return out.endsWith(".gz") ? gunzipSync(readFileSync(path)).toString() : readFileSync(path, "utf8");
}

const lines = [
  "1,2018-04-01 08:00:00,5,9,10.00,1",
  "2,2018-04-09 12:00:00,5,9,20.00,0",
  "3,2018-04-10 09:00:00,5,9,30.00,0",
  "4,2018-04-10 23:59:59,6,9,7.50,0",
  "5,2018-04-11 00:00:00,6,9,1.00,0",
];

test("one row per payment of the days, under the file's own ids and the book's column names, earlier rows counted", async () => {
  const [head = "", ...rows] = (await features(lines, "matrix.csv")).trimEnd().split("\n");
  const names = head.split(",");
  expect(names).toEqual([
    "TRANSACTION_ID",
    ...handbookFeatureSet.definitions.map((definition) => definition.name),
  ]);
  expect(rows.map((row) => row.split(",")[0])).toEqual(["3", "4"]);
  const cells = rows[0]?.split(",") ?? [];
  const value = (name: string): number => Number(cells[names.indexOf(name)]);
  expect(value("TX_AMOUNT")).toBe(30);
  expect(value("CUSTOMER_ID_NB_TX_1DAY_WINDOW")).toBe(2);
  expect(value("CUSTOMER_ID_AVG_AMOUNT_30DAY_WINDOW")).toBe(20);
  expect(value("TERMINAL_ID_NB_TX_7DAY_WINDOW")).toBe(1);
  expect(value("TERMINAL_ID_RISK_7DAY_WINDOW")).toBe(1);
});

test("a name ending in .gz is compressed; the content is the same", async () => {
  expect(await features(lines, "matrix.csv.gz")).toBe(await features(lines, "matrix.csv"));
});

test("what is missing is named", async () => {
  const output = { write: () => true };
  await expect(runFeatures(["--data", "a.csv"], output)).rejects.toThrow("--out are needed");
  await expect(
    runFeatures([..."--data a.csv --mapping handbook --from x --to y --out o".split(" ")], output),
  ).rejects.toThrow("x is neither a day");
});
