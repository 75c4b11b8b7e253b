import { expect, test } from "vitest";
import { timeRange } from "./day-range.ts";
import { loadMapping } from "./load-mapping.ts";
import { type MappedBatch, openMappedFile } from "./mapped-rows.ts";
import { parseMapping } from "./mapping.ts";
import { MASK } from "./refused-row.ts";
import { collect } from "./testing/collect.ts";
import { plainHeader, plainMapping, testCards } from "./testing/plain-mapping.ts";
import { fileOf } from "./testing/temporary-folder.ts";

const options = { salt: "salt", now: new Date("2026-11-20T12:00:00Z") };
const mapping = parseMapping(plainMapping, "plain");

async function batchesOf(
  lines: readonly string[],
  extra: object = {},
  name?: string,
): Promise<MappedBatch[]> {
  const file = await openMappedFile(fileOf([plainHeader, ...lines], name), mapping, { ...options, ...extra });
  return collect(file.batches);
}

test("rows of the days asked for are taken, whole days at both ends, and the others counted", async () => {
  const lines = [
    "2026-01-04 23:59:59",
    "2026-01-05 00:00:00",
    "2026-01-06 23:59:59",
    "2026-01-07 00:00:00",
  ].map((at, i) => `${i},${at},1,2,3,0`);
  const [batch] = await batchesOf(lines, { range: timeRange("2026-01-05", "2026-01-06") });
  expect(batch?.rows.map((row) => row.fileId)).toEqual(["1", "2"]);
  expect(batch?.leftOut).toBe(2);
});

test("plain and gzipped files give equal payments", async () => {
  const lines = Array.from(
    { length: 2_500 },
    (_, i) => `${i},2026-01-05 10:00:00,${i}.5,${i % 9},3,${Number(i % 50 === 0)}`,
  );
  const plain = await batchesOf(lines);
  expect(plain.flatMap((batch) => batch.rows)).toHaveLength(2_500);
  expect(await batchesOf(lines, {}, "rows.csv.gz")).toEqual(plain);
});

test("a refused row keeps its line and cells, card numbers masked wherever they stand", async () => {
  const [card] = testCards;
  const [batch] = await batchesOf([
    "1,2026-01-05,1,2,3,0",
    `2,2026-01-05,1,${card},3,0`,
    `${card},never,1,2,3,0`,
  ]);
  expect(batch?.rows).toHaveLength(1);
  expect(batch?.refused).toEqual([
    {
      line: 3,
      column: "customer",
      reason: "looks like a card number; send a token instead",
      cells: ["2", "2026-01-05", "1", MASK, "3", "0"],
    },
    {
      line: 4,
      column: "at",
      reason: "is not a time such as 2018-04-01 13:05:00",
      cells: [MASK, "never", "1", "2", "3", "0"],
    },
  ]);
});

test("a file that does not fit the mapping is refused at once", async () => {
  await expect(openMappedFile(fileOf(["a,b", "1,2"]), loadMapping("handbook"), options)).rejects.toThrow(
    'reads the column "TRANSACTION_ID"',
  );
});
