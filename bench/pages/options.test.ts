import { expect, test } from "vitest";
import { OptionError, readOptions } from "./options.ts";

test("without options a million payments are measured", () => {
  expect(readOptions([])).toEqual({ rows: 1_000_000, calls: 40, loads: 5, json: false, fresh: false });
});

test("the browser can be left out, the calls cannot", () => {
  expect(readOptions(["--json", "--loads", "0"])).toMatchObject({ json: true, loads: 0 });
  expect(() => readOptions(["--calls", "0"])).toThrow(OptionError);
  expect(() => readOptions(["--rows", "many"])).toThrow(OptionError);
  expect(() => readOptions(["--pages"])).toThrow(OptionError);
});
