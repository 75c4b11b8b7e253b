import { expect, test } from "vitest";
import { usualRange } from "./usual-range.ts";

test("the range is in whole units of its currency", () => {
  expect(usualRange(2_314, 42_631, "EUR")).toBe("€23 to €426");
  expect(usualRange(2_314, 42_631, "JPY")).toBe("¥2,314 to ¥42,631");
});

test("amounts that round to the same are said once", () => expect(usualRange(990, 1_010, "EUR")).toBe("€10"));

test("without payments there is no range", () => expect(usualRange(null, null, "EUR")).toBeNull());
