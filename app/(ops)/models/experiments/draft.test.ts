import { expect, test } from "vitest";
import { problemOf } from "./draft.ts";

const draft = { families: ["rules"], methods: ["none"], trials: "27", minutes: "2.5", seed: "1" };

test("a draft within its limits can be started", () => {
  expect(problemOf(draft)).toBeNull();
});

test.each([
  [{ families: [] }, /family/],
  [{ methods: [] }, /rare frauds/],
  [{ minutes: "0" }, /0\.1 and 300/],
  [{ minutes: "a lot" }, /0\.1 and 300/],
  [{ trials: "2.5" }, /between 1 and 243/],
  [{ trials: "244" }, /between 1 and 243/],
  [{ seed: "-1" }, /seed/],
])("%o is told why not", (changes, sentence) => {
  expect(problemOf({ ...draft, ...changes })).toMatch(sentence);
});
