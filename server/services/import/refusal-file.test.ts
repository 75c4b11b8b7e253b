import { existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { openCsv } from "./csv-source.ts";
import { RefusalFile } from "./refusal-file.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const now = new Date("2026-11-20T10:15:30.500Z");

test("without a refusal there is no file", async () => {
  const file = new RefusalFile(temporaryFolder(), "history.csv.gz", { header: ["a"], now });
  await file.append([]);
  await file.close();
  expect(existsSync(file.path)).toBe(false);
});

test("refused rows are kept with line, column and reason, as CSV that can be corrected and imported", async () => {
  const file = new RefusalFile(temporaryFolder(), "/data/history.csv.gz", { header: ["id", "amount"], now });
  await file.append([{ line: 3, column: "amount", reason: "is negative", cells: ["a,b", "-1"] }]);
  await file.append([{ line: 9, column: "", reason: "has 1 columns", cells: ["x"] }]);
  await file.close();
  expect(basename(file.path)).toBe("history-refused-20261120T101530Z.csv");
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  expect(file.count).toBe(2);
  expect(readFileSync(file.path, "utf8").split("\n")).toEqual([
    "refused_line,refused_column,refused_reason,id,amount",
    '3,amount,is negative,"a,b",-1',
    "9,,has 1 columns,x",
    "",
  ]);
  expect((await openCsv(file.path)).header).toContain("amount");
});
