import { expect, test } from "vitest";
import { loadMapping } from "#server/services/import/load-mapping.ts";
import { openMappedFile } from "#server/services/import/mapped-rows.ts";
import { parseMapping } from "#server/services/import/mapping.ts";
import { plainHeader, plainMapping, testCards } from "#server/services/import/testing/plain-mapping.ts";
import { fileOf } from "#server/services/import/testing/temporary-folder.ts";
import { importReport, printDryRun } from "./report.ts";

const mapping = parseMapping(plainMapping, "plain");
const now = new Date("2026-11-20T12:00:00Z");

async function dryRun(lines: readonly string[]): Promise<{ code: number; text: string }> {
  const file = await openMappedFile(fileOf([plainHeader, ...lines]), mapping, { salt: "s", now });
  const printed: string[] = [];
  const code = await printDryRun(file, mapping, (line) => printed.push(line));
  return { code, text: printed.join("\n") };
}

test("a dry run shows the first payments, every refused row without its value, and the counts", async () => {
  const good = Array.from({ length: 5 }, (_, i) => `${i},2026-01-05,1.50,2,3,${Number(i === 4)}`);
  const { code, text } = await dryRun([...good, `9,2026-01-05,1,${testCards[0]},3,0`, "8,never,1,2,3,0"]);
  expect(code).toBe(0);
  expect(text.match(/"id": "pay_\d"/g)).toEqual(['"id": "pay_0"', '"id": "pay_1"', '"id": "pay_2"']);
  expect(text).toContain('"occurredAt": "2026-01-05T00:00:00.000Z"');
  expect(text).toContain("Refused line 7, customer: looks like a card number; send a token instead");
  expect(text).toContain("Refused line 8, at: is not a time");
  expect(text).not.toContain(testCards[0]);
  expect(text).toMatch(/Would be imported +5\n/);
  expect(text).toMatch(/Frauds among them +1\n/);
  expect(text).toMatch(/Refused +2$/);
});

test("a dry run of which no row can be read ends with 1", async () => {
  expect((await dryRun(["8,never,1,2,3,0"])).code).toBe(1);
  expect((await dryRun([])).code).toBe(1);
});

const counts = {
  read: 1_303_778,
  added: 1_303_770,
  alreadyThere: 0,
  frauds: 10_659,
  labelsAdded: 10_659,
  leftOut: 0,
  outOfOrder: 0,
  refused: 8,
  firstMs: Date.UTC(2018, 3, 1),
  lastMs: Date.UTC(2018, 7, 14, 23, 59),
};

test("the report names counts, days, the feature set and where refused rows are", () => {
  const text = importReport(counts, loadMapping("handbook"), { path: "/data/refused.csv", count: 8 }).join(
    "\n",
  );
  expect(text).toMatch(/Rows read +1,303,778/);
  expect(text).toContain("2018-04-01 00:00 to 2018-08-14 23:59");
  expect(text).toMatch(/Feature set for training +handbook/);
  expect(text).toContain("are in /data/refused.csv");
  expect(text).not.toContain("Left out");
});

test("without refusals no file is named, and without a label column no frauds are told", () => {
  const unlabelled = parseMapping({ ...plainMapping, label: undefined }, "plain");
  const text = importReport(counts, unlabelled, { path: "/data/refused.csv", count: 0 }).join("\n");
  expect(text).not.toContain("/data/refused.csv");
  expect(text).not.toContain("Frauds");
});
