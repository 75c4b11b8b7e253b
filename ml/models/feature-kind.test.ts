import { expect, test } from "vitest";
import { kindOf, kindsOf } from "./feature-kind.ts";

test("the aggregate tells cyclic features, the unit all others", () => {
  expect(kindOf({ aggregate: "hour", unit: "hours" })).toBe("hour");
  expect(kindOf({ aggregate: "weekday", unit: "number" })).toBe("weekday");
  expect(kindOf({ aggregate: "hour", unit: "flag" })).toBe("flag");
  expect(kindOf({ aggregate: "seconds_since_last", unit: "seconds" })).toBe("scale");
  expect(kindOf({ aggregate: "fraud_rate", unit: "ratio" })).toBe("plain");
  expect(kindOf({ aggregate: "attribute", unit: "category" })).toBe("category");
});

test("without definitions every feature is a plain number", () => {
  expect(kindsOf({ featureNames: ["a", "b"] })).toEqual(["plain", "plain"]);
});
