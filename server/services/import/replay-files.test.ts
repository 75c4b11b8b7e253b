import { expect, test } from "vitest";
import { featureSetByName } from "#ml/features/default-set.ts";
import { parseMapping } from "./mapping.ts";
import type { ReplayCounts } from "./ordered-files.ts";
import { type FileReplay, replayFiles } from "./replay-files.ts";
import { plainHeader, plainMapping } from "./testing/plain-mapping.ts";
import { fileOf } from "./testing/temporary-folder.ts";

const featureSet = featureSetByName("default");
const mapping = parseMapping(plainMapping, "plain");
const column = (name: string): number =>
  featureSet.definitions.findIndex((definition) => definition.name === name);

/** Values of a feature by the id of the payment. */
async function valuesOf(
  name: string,
  files: readonly (readonly string[])[],
  changes: Partial<FileReplay> = {},
): Promise<{ values: Record<string, number>; counts: ReplayCounts }> {
  const values: Record<string, number> = {};
  const counts = await replayFiles({
    paths: files.map((lines) => fileOf([plainHeader, ...lines])),
    mapping,
    featureSet,
    labelDelayDays: 7,
    untilMs: Number.POSITIVE_INFINITY,
    now: new Date("2026-11-20T12:00:00Z"),
    wants: () => true,
    take: ({ fileId }, features) => {
      values[fileId] = features[column(name)] ?? Number.NaN;
    },
    onProgress: () => {},
    ...changes,
  });
  return { values, counts };
}

test("a payment sees all earlier ones, over files, also those that stand later in the file", async () => {
  const files = [
    ["b,2026-01-05 10:30:00,1,2,3,0", "a,2026-01-05 10:00:00,1,2,3,0"],
    ["c,2026-01-05 10:45:00,1,2,3,0", "x,not a time,1,2,3,0"],
  ];
  const { values, counts } = await valuesOf("customer_count_1h", files);
  expect(values).toEqual({ a: 0, b: 1, c: 2 });
  expect(counts).toMatchObject({
    rows: 3,
    refused: 1,
    outOfOrder: 0,
    firstRefused: { line: 3, column: "at" },
  });
});

test("a fraud enters features only once its delay has passed", async () => {
  const rows = [
    "f,2026-01-05 10:00:00,1,2,3,1",
    "early,2026-01-12 09:59:59,1,9,3,0",
    "due,2026-01-12 10:00:00,1,9,3,0",
    "late,2026-01-30 10:00:00,1,9,3,0",
  ];
  const delayed = await valuesOf("merchant_fraud_rate_30d", [rows]);
  expect(delayed.values.due).toBeGreaterThan(delayed.values.early ?? 1);
  expect(delayed.values.late).toBeGreaterThan(delayed.values.early ?? 1);
  const { values } = await valuesOf("merchant_fraud_rate_30d", [rows], { labelDelayDays: 20 });
  expect(values.due).toBeLessThanOrEqual(values.early ?? 0);
  expect(values.late).toBeGreaterThan(values.due ?? 1);
});

test("payments that are not wanted still build up history, and the end of time is kept", async () => {
  const rows = [
    "a,2026-01-05 10:00:00,1,2,3,0",
    "b,2026-01-05 10:10:00,1,2,3,0",
    "c,2026-01-06 00:00:00,1,2,3,0",
  ];
  const { values, counts } = await valuesOf("customer_count_1h", [rows], {
    wants: (row) => row.fileId === "b",
    untilMs: Date.parse("2026-01-06"),
  });
  expect(values).toEqual({ b: 1 });
  expect(counts.rows).toBe(2);
});

test("files count their rows as one, and every payment knows its file and how many came before it", async () => {
  const files = [
    ["a,2026-01-05 10:30:00,1,2,3,0", "x,not a time,1,2,3,0"],
    ["c,2026-01-05 10:00:00,1,2,3,0", "d,2026-01-05 11:00:00,1,2,3,0"],
  ];
  const seen: string[] = [];
  await valuesOf("customer_count_1h", files, {
    mapping: parseMapping({ ...plainMapping, id: { rowNumber: true, prefix: "pay_" } }, "plain"),
    wants: ({ payment }, { file, position }) => {
      seen.push(`${position}: ${payment.id} of ${file}`);
      return true;
    },
  });
  expect(seen).toEqual(["0: pay_3 of 1", "1: pay_1 of 0", "2: pay_4 of 1"]);
});
