import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvRow, openCsv } from "./csv-source.ts";
import { csvLine } from "./refused-row.ts";
import { collect } from "./testing/collect.ts";
import { fileOf } from "./testing/temporary-folder.ts";

async function rowsOf(path: string, delimiter?: string): Promise<CsvRow[]> {
  const file = await openCsv(path, delimiter);
  return (await collect(file.batches)).flat();
}

test("gzipped and plain files give equal rows, whatever the file is called", async () => {
  const lines = ["a,b", ...Array.from({ length: 5_000 }, (_, i) => `${i},x${i}`)];
  const plain = await rowsOf(fileOf(lines));
  const packed = fileOf(lines, "rows.csv.gz");
  expect(plain).toHaveLength(5_000);
  expect(await rowsOf(packed)).toEqual(plain);
  const misnamed = fileOf([], "other.csv");
  writeFileSync(misnamed, readFileSync(packed));
  expect(await rowsOf(misnamed)).toEqual(plain);
});

test("rows carry their number and their line, also behind quoted line breaks and empty lines", async () => {
  const rows = await rowsOf(fileOf(["\ufeffa,b", '1,"two\nlines"', "", '2,"say ""hi"", twice"', "3"]));
  expect(rows).toEqual([
    { row: 1, line: 3, cells: ["1", "two\nlines"] },
    { row: 2, line: 5, cells: ["2", 'say "hi", twice'] },
    { row: 3, line: 6, cells: ["3"] },
  ]);
});

test("the byte-order mark is no part of the first column's name, and a delimiter may be chosen", async () => {
  const path = fileOf(["\ufeffa; b", "1;2"]);
  expect((await openCsv(path, ";")).header).toEqual(["a", "b"]);
  expect((await rowsOf(path, ";"))[0]?.cells).toEqual(["1", "2"]);
});

test("a stray quote inside a cell is part of it", async () => {
  expect((await rowsOf(fileOf(["a,b", '5" pipe,1'])))[0]?.cells).toEqual(['5" pipe', "1"]);
});

test("progress counts the bytes of the file as it is stored", async () => {
  const path = fileOf(["a,b", ...Array.from({ length: 20_000 }, (_, i) => `${i},${i % 7}`)], "rows.csv.gz");
  const file = await openCsv(path);
  for await (const _ of file.batches);
  expect(file.bytesRead()).toBe(file.totalBytes);
});

test("cells written as CSV are read back", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "é", " ", "1"), maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("x", "y"), cell), { minLength: 1 }), async (cells) => {
      const rows = await rowsOf(fileOf(["a,b", ...cells.map(csvLine)]));
      expect(rows.map((row) => row.cells)).toEqual(cells);
    }),
    { numRuns: 30 },
  );
});

test("a file that is missing, empty or ambiguous is refused in words", async () => {
  await expect(openCsv("/nowhere/rows.csv")).rejects.toThrow("/nowhere/rows.csv cannot be read: not there");
  const empty = fileOf([]);
  writeFileSync(empty, "");
  await expect(openCsv(empty)).rejects.toThrow("is empty");
  await expect(openCsv(fileOf(["a,b,a", "1,2,3"]))).rejects.toThrow('has two columns named "a"');
});

test("a quote that is never closed names its line; a cut gzip file says that it is cut", async () => {
  await expect(rowsOf(fileOf(["a,b", "1,2", '3,"open']))).rejects.toThrow(
    /line \d: a quote is opened and never closed/,
  );
  const packed = fileOf(
    ["a,b", ...Array.from({ length: 3_000 }, (_, i) => `${i},${Math.sin(i)}`)],
    "cut.csv.gz",
  );
  writeFileSync(packed, readFileSync(packed).subarray(0, 5_000));
  await expect(rowsOf(packed)).rejects.toThrow("the compressed file is damaged or cut short");
});
