import { expect, test } from "vitest";
import { availableFamilies } from "#ml/models/families.ts";
import { imbalanceMethods } from "./imbalance-method.ts";
import { searchOptions, trainDefaults } from "./train-options.ts";

test("by default every family is trained once, in one way, on one validation window", () => {
  expect(trainDefaults.families).toEqual(availableFamilies);
  expect(trainDefaults).toMatchObject({
    search: "off",
    folds: 1,
    imbalanceMethods: ["under_sampling"],
    refit: false,
  });
});

test("a search tries every method, beginning with none, and thins enough for under-sampling to differ", () => {
  expect(searchOptions.search).toBe("on");
  expect(searchOptions.imbalanceMethods).toEqual(imbalanceMethods);
  expect(searchOptions.imbalanceMethods[0]).toBe("none");
  expect(searchOptions.imbalance.negativesPerPositive).toBeLessThan(
    trainDefaults.imbalance.negativesPerPositive ?? 0,
  );
});
