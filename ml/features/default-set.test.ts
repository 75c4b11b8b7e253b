import { expect, test } from "vitest";
import { categoryCode } from "./category-code.ts";
import {
  attributesFeatureSet,
  defaultFeatureSet,
  featureSetByName,
  featureSetNames,
  handbookFeatureSet,
  withAttributes,
} from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import {
  defaultResolution,
  defineFeatureSet,
  exactResolution,
  type FeatureSet,
  windowMs,
} from "./feature-set.ts";
import type { ReplayEvent } from "./replay.ts";
import { payment } from "./testing/payment.ts";

const names = (set: { readonly definitions: readonly { readonly name: string }[] }) =>
  set.definitions.map((d) => d.name);

test("the default set has the features that others name", () => {
  expect(names(defaultFeatureSet)).toEqual(
    expect.arrayContaining([
      "amount",
      "customer_count_1h",
      "customer_mean_30d",
      "merchant_fraud_rate_7d",
      "merchant_seconds_since_last",
      "customer_merchant_seen_before",
      "customer_speed_from_last",
      "device_distinct_cards_1d",
    ]),
  );
});

test("names of the default set are snake case and begin with their entity", () => {
  for (const definition of defaultFeatureSet.definitions) {
    expect(definition.name).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    if (definition.entity !== "transaction")
      expect(definition.name.startsWith(`${definition.entity}_`)).toBe(true);
    if (definition.window !== null) expect(definition.name.endsWith(`_${definition.window}`)).toBe(true);
  }
});

test("the Handbook's set has the book's fifteen columns", () => {
  expect(names(handbookFeatureSet)).toEqual([
    "TX_AMOUNT",
    "TX_DURING_WEEKEND",
    "TX_DURING_NIGHT",
    "CUSTOMER_ID_NB_TX_1DAY_WINDOW",
    "CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW",
    "CUSTOMER_ID_NB_TX_7DAY_WINDOW",
    "CUSTOMER_ID_AVG_AMOUNT_7DAY_WINDOW",
    "CUSTOMER_ID_NB_TX_30DAY_WINDOW",
    "CUSTOMER_ID_AVG_AMOUNT_30DAY_WINDOW",
    "TERMINAL_ID_NB_TX_1DAY_WINDOW",
    "TERMINAL_ID_RISK_1DAY_WINDOW",
    "TERMINAL_ID_NB_TX_7DAY_WINDOW",
    "TERMINAL_ID_RISK_7DAY_WINDOW",
    "TERMINAL_ID_NB_TX_30DAY_WINDOW",
    "TERMINAL_ID_RISK_30DAY_WINDOW",
  ]);
});

test("the Handbook counts the payment itself, and night ends at seven", () => {
  const engine = createFeatureEngine(handbookFeatureSet);
  const out = new Float64Array(15);
  engine.compute(
    payment({ id: "pay_1", amountMinor: 5716, occurredAtMs: Date.UTC(2018, 6, 28, 6, 59, 59) }),
    out,
    0,
  );
  expect([...out]).toEqual([57.16, 1, 1, 1, 57.16, 1, 57.16, 1, 57.16, 0, 0, 0, 0, 0, 0]);
  engine.compute(payment({ id: "pay_2", amountMinor: 0, occurredAtMs: Date.UTC(2018, 6, 30, 7) }), out, 0);
  expect([...out.slice(0, 4)]).toEqual([0, 0, 0, 1]);
});

test("declared attributes come behind the base set, and no names leave it as it is", () => {
  const set = withAttributes(defaultFeatureSet, ["v1", "v2"]);
  expect(names(set)).toEqual([...names(defaultFeatureSet), "attribute_v1", "attribute_v2"]);
  expect(withAttributes(defaultFeatureSet, [])).toBe(defaultFeatureSet);
  expect(withAttributes(handbookFeatureSet, ["v1"]).resolutionMs).toEqual(exactResolution);
});

test("a declared attribute is a number unless it is declared as a category", () => {
  const set = withAttributes(defaultFeatureSet, ["v1", { name: "make", kind: "category" }]);
  expect(set.definitions.slice(-2)).toMatchObject([
    { name: "attribute_v1", unit: "number" },
    { name: "attribute_make", unit: "category", attribute: "make" },
  ]);
  const numeric = withAttributes(defaultFeatureSet, [
    { name: "v1", kind: "number" },
    { name: "make", kind: "number" },
  ]);
  expect(numeric.version).toBe(withAttributes(defaultFeatureSet, ["v1", "make"]).version);
  expect(numeric.version).not.toBe(set.version);
});

test("categories of a payment are the codes of their texts, and missing where it names none", () => {
  const set = attributesFeatureSet(["make", { name: "model", kind: "category" }]);
  const all = withAttributes(defaultFeatureSet, [{ name: "model", kind: "category" }]);
  const read = (of: FeatureSet, over: Partial<ReplayEvent>): Record<string, number> => {
    const out = new Float64Array(of.definitions.length);
    createFeatureEngine(of).compute(payment({ id: "pay_1", ...over }), out, 0);
    return Object.fromEntries(of.definitions.map((d, i) => [d.name, out[i] ?? 0]));
  };
  expect(read(set, { attributes: { make: "Ford", model: "Focus" } })).toMatchObject({
    attribute_make: Number.NaN,
    attribute_model: categoryCode("Focus"),
  });
  expect(read(all, { country: "DE", merchantCategory: "5732" })).toMatchObject({
    country: categoryCode("DE"),
    merchant_category: categoryCode("5732"),
    currency: categoryCode("EUR"),
    channel: Number.NaN,
    attribute_model: Number.NaN,
  });
});

test("every named set is found by its name, and by the name it gives itself", () => {
  for (const name of featureSetNames)
    expect(featureSetByName(name, ["v1"]).definitions.length).toBeGreaterThan(1);
  expect(featureSetByName("default+attributes", ["v1"]).version).toBe(
    withAttributes(defaultFeatureSet, ["v1"]).version,
  );
  expect(featureSetByName("attributes", ["v1"]).version).toBe(attributesFeatureSet(["v1"]).version);
  expect(featureSetByName("handbook")).toBe(handbookFeatureSet);
  expect(() => featureSetByName("none")).toThrow("known are default, handbook, attributes");
});

test("the version changes with the definitions and with the resolution, and with nothing else", () => {
  const { definitions } = defaultFeatureSet;
  expect(defineFeatureSet("default", [...definitions]).version).toBe(defaultFeatureSet.version);
  expect(defineFeatureSet("default", definitions.slice(1)).version).not.toBe(defaultFeatureSet.version);
  expect(defineFeatureSet("default", definitions, exactResolution).version).not.toBe(
    defaultFeatureSet.version,
  );
  const other = definitions.map((d) => ({ ...d, includesCurrent: true }));
  expect(defineFeatureSet("default", other).version).not.toBe(defaultFeatureSet.version);
  const reworded = definitions.map((d) => ({ ...d, text: "other words" }));
  expect(defineFeatureSet("default", reworded).version).toBe(defaultFeatureSet.version);
});

test("a name declared twice is refused", () => {
  expect(() => withAttributes(defaultFeatureSet, ["v1", "v1"])).toThrow("declared twice");
});

test("tiles divide their windows", () => {
  for (const resolution of [defaultResolution, exactResolution]) {
    for (const [window, tileMs] of Object.entries(resolution)) {
      expect(windowMs[window as keyof typeof windowMs] % tileMs).toBe(0);
    }
  }
});
