import { expect, test } from "vitest";
import { forgetVerdict, keepVerdict, lastVerdict } from "./last-verdict.ts";

const verdict = { caseId: "c1", version: 4 };

test("a verdict can be undone for ten seconds and not a millisecond longer", () => {
  keepVerdict(verdict, 1_000);
  expect(lastVerdict(10_999)).toEqual(verdict);
  expect(lastVerdict(11_000)).toBeNull();
});

test("the latest verdict is the one undone, and once undone there is none", () => {
  keepVerdict(verdict, 1_000);
  keepVerdict({ caseId: "c2", version: 2 }, 2_000);
  expect(lastVerdict(3_000)?.caseId).toBe("c2");
  forgetVerdict();
  expect(lastVerdict(3_000)).toBeNull();
});
