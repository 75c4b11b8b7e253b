import { expect, test } from "vitest";
import { availableFamilies } from "#ml/models/families.ts";
import { fileOf } from "#server/services/import/testing/temporary-folder.ts";
import { evaluateOptions } from "./evaluate-options.ts";

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
const noSpans = { "--train": undefined, "--test": undefined };

test("the mapping's feature set, all families, one fold and seed 1 unless told otherwise", () => {
  const options = evaluateOptions(argsOf());
  expect(options).toMatchObject({
    paths: ["a.csv", "b.csv"],
    gapDays: 7,
    folds: 1,
    seed: 1,
    dropKnownCards: false,
    quick: false,
    slices: false,
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

test("anonymous columns come with the feature set of their mapping, texts among them as categories", () => {
  expect(evaluateOptions(argsOf({ "--mapping": "ulb" })).featureSet.definitions).toHaveLength(29);
  const claims = evaluateOptions(argsOf({ "--mapping": "vehicle_claims" })).featureSet.definitions;
  const unitOf = (name: string): string | undefined => claims.find((one) => one.attribute === name)?.unit;
  expect([unitOf("make"), unitOf("vehiclePrice")]).toEqual(["category", "number"]);
});

test("days are whole and in UTC; without a gap the mapping's own delay counts", () => {
  const { spans, gapDays } = evaluateOptions(argsOf({ "--gap": undefined }));
  expect(spans).toEqual({
    kind: "times",
    train: { fromMs: Date.parse("2018-07-25"), toMs: Date.parse("2018-08-01") },
    test: { fromMs: Date.parse("2018-08-08"), toMs: Date.parse("2018-08-15") },
  });
  expect(gapDays).toBe(7);
  expect(evaluateOptions(argsOf({ "--gap": undefined, "--mapping": "ulb" })).gapDays).toBe(0);
});

test("shares of the rows, separate files, and the newest days when nothing is said", () => {
  const shares = evaluateOptions(argsOf({ "--train": "0%..80%", "--test": "80%..100%" }));
  expect(shares.spans).toEqual({
    kind: "shares",
    train: { from: 0, to: 0.8 },
    test: { from: 0.8, to: 1 },
  });
  const [train, test] = [fileOf(["x"], "train.csv"), fileOf(["x"], "test.csv")];
  const files = evaluateOptions(argsOf({ "--data": undefined, "--train": train, "--test": test }));
  expect(files).toMatchObject({ spans: { kind: "files", trainFiles: 1 }, paths: [train, test], folds: 1 });
  const newest = evaluateOptions(argsOf(noSpans));
  expect(newest).toMatchObject({ spans: { kind: "newest", trainDays: 7, testDays: 7 }, folds: 4 });
  expect(evaluateOptions(argsOf({ ...noSpans, "--train-days": "28", "--folds": "2" }))).toMatchObject({
    spans: { kind: "newest", trainDays: 28, testDays: 7 },
    folds: 2,
  });
});

test.each([
  [{ "--train": undefined }, "--train is missing"],
  [{ "--test": undefined }, "--test is missing"],
  [{ "--data": undefined }, "--data is missing."],
  [{ "--mapping": undefined }, "--mapping is missing."],
  [{ "--train": "2018-07-25" }, "is not FROM..TO"],
  [{ "--test": "2018-07-31..2018-08-14" }, "The test days must follow the training days."],
  [{ "--train": "0%..80%" }, "is no share of the rows"],
  [{ "--train": "0%..80%", "--test": "70%..100%" }, "The test days must follow the training days."],
  [{ "--train": "80%..10%", "--test": "80%..100%" }, "80%..10% is no share of the rows"],
  [{ "--gap": "soon" }, "--gap is a number of days."],
  [{ "--gap": "" }, "--gap is a number of days."],
  [{ "--folds": "0" }, "--folds is a whole number from 1"],
  [{ "--folds": "2", "--train": "0%..80%", "--test": "80%..100%" }, "--folds needs --train and --test"],
  [{ "--train-days": "7" }, "leave out --train and --test"],
  [{ ...noSpans, "--test-days": "1.5" }, "--test-days is a whole number of days."],
  [{ "--seed": "1.5" }, "--seed is a whole number."],
  [{ "--families": "rules,oracle" }, "There is no model family oracle"],
  [{ "--feature-set": "best" }, "there is no feature set best"],
  [{ "--mapping": "none" }, "There is no mapping none"],
  [{ "--train": "gone.csv", "--test": "gone.csv" }, "--data is left out"],
  [{ "--data": undefined, "--train": "gone.csv", "--test": "x.csv" }, "--train gone.csv is not there"],
  [{ "--data": undefined, "--train": import.meta.filename }, "--test 2018-08-08..2018-08-14 is not there"],
])("%j is refused: %s", (changes, message) => {
  expect(() => evaluateOptions(argsOf(changes))).toThrow(message);
});
