import { expect, test } from "vitest";
import { loadMapping, mappingNames } from "./load-mapping.ts";
import { parseMapping } from "./mapping.ts";
import { MappingError } from "./mapping-error.ts";
import { plainMapping } from "./testing/plain-mapping.ts";
import { fileOf } from "./testing/temporary-folder.ts";

const faultsOf = (changes: Record<string, unknown>): string => {
  try {
    parseMapping({ ...plainMapping, ...changes }, "mine.json");
  } catch (error) {
    if (error instanceof MappingError) return error.message;
    throw error;
  }
  return "";
};

test("a mapping of every needed entry is taken, with the default feature set", () => {
  const mapping = parseMapping(plainMapping, "plain");
  expect(mapping.featureSet).toEqual({ name: "default", attributes: [] });
  expect(mapping.delimiter).toBe(",");
});

test("every mapping that comes with Assay is valid and carries its file's name", () => {
  expect(mappingNames()).toEqual([
    "banksim",
    "handbook",
    "paysim",
    "sparkov",
    "ulb",
    "ulb_int",
    "vehicle_claims",
  ]);
  for (const name of mappingNames()) expect(loadMapping(name).name).toBe(name);
});

test("features made of texts are categories, all others numbers", () => {
  const attributes = [
    { column: "make", type: "string" },
    { column: "age" },
    { column: "note", type: "string" },
  ];
  const featureSet = { name: "attributes", attributes: ["age", "make"] };
  const mapping = parseMapping({ ...plainMapping, attributes, featureSet }, "plain");
  expect(mapping.featureSet.attributes).toEqual(["age", { name: "make", kind: "category" }]);
});

test("faults are named by their entry, all of them at once", () => {
  const message = faultsOf({
    amount: { column: "amount", unit: "pounds" },
    currency: undefined,
    colour: "red",
  });
  expect(message).toMatch(/^The mapping mine.json is wrong: /);
  expect(message).toContain("amount.unit: ");
  expect(message).toContain("currency: ");
  expect(message).toContain('"colour"');
});

test.each([
  [{ customerId: { column: "a", constant: "b" } }, 'customerId: needs exactly one of "column"'],
  [{ customerId: { prefix: "cus_" } }, 'customerId: needs exactly one of "column"'],
  [{ cardToken: { constant: "card", tokenize: true } }, 'cardToken: "tokenize" needs a "column"'],
  [{ occurredAt: { column: "t", unit: "seconds" } }, 'occurredAt: "unit" and "origin" go together'],
  [
    { occurredAt: { column: "t", unit: "steps", origin: "2020-01-01T00:00:00Z" } },
    '"stepSeconds" goes with the unit "steps"',
  ],
  [
    { occurredAt: { column: "t", unit: "hours", origin: "yesterday" } },
    "occurredAt.origin: must be a time such as 2013-09-01T00:00:00Z",
  ],
  [{ channel: { constant: "carrier pigeon" } }, 'channel: "carrier pigeon" is no channel'],
  [{ attributes: [{ column: "a" }, { column: "b", name: "a" }] }, "attributes: two attributes share a name"],
  [
    { featureSet: { name: "attributes", attributes: ["v1"] } },
    'featureSet.attributes: the attribute v1 is not among "attributes"',
  ],
  [
    { attributes: [{ column: "lat", type: "distance", longitude: "long" }] },
    'attributes: a "distance" needs "latitude" and "longitude" of the payment',
  ],
  [{ attributes: [{ column: "lat", type: "distance" }] }, '"longitude" goes with the type "distance"'],
  [{ attributes: [{ column: "a", type: "string", order: ["x", "y"] }] }, '"order" is for numbers'],
  [
    { occurredAt: { column: "t", rowNumber: true } },
    'needs exactly one of "column", "rowNumber" and "calendar"',
  ],
  [{ occurredAt: { rowNumber: true } }, '"rowNumber" needs a "unit"'],
  [{ label: { column: "l", fraud: [], legitimate: ["0"], delayDays: 1 } }, "label.fraud: "],
])("a mapping with %j is refused: %s", (changes, fault) => {
  expect(faultsOf(changes)).toContain(fault);
});

test("a mapping is found by name or by path, and an unknown one names those that are there", () => {
  const path = fileOf([JSON.stringify(plainMapping)], "mine.json");
  expect(loadMapping(path).name).toBe("plain");
  expect(() => loadMapping("handbok")).toThrow(/There is no mapping handbok: .*banksim, handbook/);
  expect(() => loadMapping("./nowhere.json")).toThrow(/There is no mapping/);
});

test("a mapping that is no JSON says so", () => {
  expect(() => loadMapping(fileOf(["{ not json"], "broken.json"))).toThrow(/is not JSON: /);
});
