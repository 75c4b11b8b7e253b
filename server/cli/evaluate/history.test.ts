import { expect, test } from "vitest";
import { parseMapping } from "#server/services/import/mapping.ts";
import { plainHeader, plainMapping } from "#server/services/import/testing/plain-mapping.ts";
import { fileOf } from "#server/services/import/testing/temporary-folder.ts";
import { extentOf, firstDayOf, lookThrough } from "./history.ts";

test("a history holds time, fraud, card and file of every payment, in order of time", async () => {
  const files = [
    ["b,2026-01-05 10:30:00,1,anna,3,0", "x,not a time,1,anna,3,0", "a,2026-01-05 10:00:00,1,ben,3,1"],
    ["c,2026-01-06 10:00:00,1,anna,3,0"],
  ];
  const { history, counts } = await lookThrough({
    paths: files.map((lines) => fileOf([plainHeader, ...lines])),
    mapping: parseMapping(plainMapping, "plain"),
    untilMs: Number.POSITIVE_INFINITY,
    now: new Date("2026-11-20T12:00:00Z"),
    onProgress: () => {},
  });
  const times = ["2026-01-05T10:00:00Z", "2026-01-05T10:30:00Z", "2026-01-06T10:00:00Z"].map(Date.parse);
  expect(Array.from(history.times)).toEqual(times);
  expect([...history.frauds]).toEqual([1, 0, 0]);
  expect([...history.files]).toEqual([0, 0, 1]);
  expect(history.cards[1]).toBe(history.cards[2]);
  expect(history.cards[0]).not.toBe(history.cards[1]);
  expect(counts).toMatchObject({ rows: 3, refused: 1 });
  expect(extentOf(history)).toEqual({ firstMs: times[0], lastMs: times[2] });
  expect(firstDayOf(history)).toBe(Date.parse("2026-01-05"));
});

test("without a payment there is no extent", () => {
  expect(extentOf({ times: new Float64Array(0) })).toBeNull();
  expect(firstDayOf({ times: new Float64Array(0) })).toBe(Number.POSITIVE_INFINITY);
});
