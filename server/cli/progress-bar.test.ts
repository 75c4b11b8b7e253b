import { expect, test } from "vitest";
import { duration, type ProgressOptions, progressBar } from "./progress-bar.ts";

function record(isTTY: boolean, options: Pick<ProgressOptions, "total" | "unit">) {
  const written: string[] = [];
  let ms = 0;
  const bar = progressBar({
    label: "Loading",
    ...options,
    now: () => ms,
    out: { isTTY, write: (text) => written.push(text) },
  });
  return {
    bar,
    written,
    pass: (by: number) => {
      ms += by;
    },
  };
}

test("on a terminal one line is redrawn with share, count, rate and time left", () => {
  const { bar, written, pass } = record(true, { total: 1000, unit: "rows" });
  pass(2000);
  bar.update(500);
  expect(written).toEqual(["\r\x1b[2KLoading  [############------------] 50 %  500 rows  250/s  2 s left"]);
  bar.update(501);
  expect(written).toHaveLength(1);
});

test("elsewhere a line appears every few seconds only", () => {
  const { bar, written, pass } = record(false, { total: 10, unit: "rows" });
  bar.update(1);
  pass(1000);
  bar.update(2);
  expect(written).toEqual([]);
  pass(2500);
  bar.update(5);
  expect(written).toEqual(["Loading  [############------------] 50 %  5 rows  1.4/s  4 s left\n"]);
});

test("without a known total only count and rate are shown", () => {
  const { bar, written, pass } = record(true, { total: null, unit: "rows" });
  pass(1000);
  bar.update(1234);
  expect(written[0]).toBe("\r\x1b[2KLoading  1,234 rows  1,234/s");
});

test("the note is shown at once and the last text stays", () => {
  const { bar, written } = record(true, { total: 1 });
  bar.update(0, "fitting trees");
  bar.update(0, "calibrating");
  bar.finish("Version 3 is ready");
  expect(written.at(-2)).toContain("calibrating");
  expect(written.at(-1)).toBe("\r\x1b[2KVersion 3 is ready\n");
});

test("durations read as a person says them", () => {
  expect([0, 59.6, 185, 7800].map(duration)).toEqual(["0 s", "1 min 00 s", "3 min 05 s", "2 h 10 min"]);
});
