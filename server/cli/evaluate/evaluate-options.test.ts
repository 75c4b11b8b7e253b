import { expect, test } from "vitest";
import { availableFamilies } from "#ml/models/families.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { evaluateOptions } from "./evaluate-options.ts";
import { windowsOf } from "./protocol.ts";

const needed = {
  "--data": "a.csv,b.csv",
  "--mapping": "handbook",
  "--train": "2018-07-25..2018-07-31",
  "--gap": "7",
  "--test": "2018-08-08..2018-08-14",
};
const argsOf = (changes: Record<string, string | undefined> = {}): string[] =>
  Object.entries({ ...needed, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );

test("the mapping's feature set, all families and seed 1 unless told otherwise", () => {
  const options = evaluateOptions(argsOf());
  expect(options).toMatchObject({
    paths: ["a.csv", "b.csv"],
    gapDays: 7,
    seed: 1,
    dropKnownCards: false,
    json: null,
  });
  expect(options.featureSet.name).toBe("handbook");
  expect(options.families).toEqual(availableFamilies);
  expect(evaluateOptions(argsOf({ "--feature-set": "default" })).featureSet.name).toBe("default");
  expect(evaluateOptions([...argsOf({ "--families": "rules" }), "--drop-known-cards"])).toMatchObject({
    families: ["rules"],
    dropKnownCards: true,
  });
});

test("anonymous columns come with the feature set of their mapping", () => {
  expect(evaluateOptions(argsOf({ "--mapping": "ulb" })).featureSet.definitions).toHaveLength(29);
});

test.each([
  [{ "--train": undefined }, "--train is missing."],
  [{ "--train": "2018-07-25" }, "is not FROM..TO"],
  [{ "--test": "2018-07-31..2018-08-14" }, "The test days must follow the training days."],
  [{ "--gap": "soon" }, "--gap is a number of days."],
  [{ "--seed": "1.5" }, "--seed is a whole number."],
  [{ "--families": "rules,oracle" }, "There is no model family oracle"],
  [{ "--feature-set": "best" }, "there is no feature set best"],
  [{ "--mapping": "none" }, "There is no mapping none"],
  [{ "--train": import.meta.filename }, "separate files of plain rows is not supported yet"],
])("%j is refused: %s", (changes, message) => {
  expect(() => evaluateOptions(argsOf(changes))).toThrow(message);
});

test("validation is the last two of seven training days, and labels are those known when the test begins", () => {
  const day = (name: string): number => Date.parse(name);
  expect(
    windowsOf(
      { fromMs: day("2018-07-25"), toMs: day("2018-08-01") },
      { fromMs: day("2018-08-08"), toMs: day("2018-08-15") },
    ),
  ).toEqual({
    train: { fromMs: day("2018-07-25"), toMs: day("2018-07-30") },
    validation: { fromMs: day("2018-07-30"), toMs: day("2018-08-01") },
    test: { fromMs: day("2018-08-08"), toMs: day("2018-08-15") },
    learningLabelsAtMs: day("2018-08-08"),
  });
});

test("a span of less than two days is cut at a quarter of its time", () => {
  const windows = windowsOf({ fromMs: 0, toMs: DAY_MS }, { fromMs: DAY_MS, toMs: 2 * DAY_MS });
  expect(windows.validation).toEqual({ fromMs: 0.75 * DAY_MS, toMs: DAY_MS });
});
