import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { BinaryArrays, type ElementType, type ElementValue } from "./binary-arrays.ts";

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url, options: "-c TimeZone=UTC" });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const text = fc.string({ unit: "grapheme" }).filter((one) => one.isWellFormed() && !one.includes("\0"));
const values: { readonly [type in ElementType]: fc.Arbitrary<ElementValue> } = {
  text,
  bigint: fc.maxSafeInteger(),
  float8: fc.double(),
  timestamptz: fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) }),
  jsonb: fc.json({ depthSize: "small" }).filter((one) => !one.includes("\\u")),
  bytea: fc.uint8Array(),
  bool: fc.boolean(),
};

/** What PostgreSQL makes of an element, in a form that does not lose anything. */
const shown: { readonly [type in ElementType]: string } = {
  text: "v",
  bigint: "v::text",
  float8: "v",
  timestamptz: "(extract(epoch from v) * 1000)::text",
  jsonb: "v::text",
  bytea: "v",
  bool: "v",
};

test.each(Object.keys(values) as ElementType[])(
  "PostgreSQL reads every %s as it was written",
  async (type) => {
    const property = fc.asyncProperty(fc.array(fc.option(values[type])), async (written) => {
      const array = new BinaryArrays(64).write(type, written, (value) => value);
      const query = `select ${shown[type]} as v from unnest($1::${type}[]) with ordinality as u(v, n) order by n`;
      const { rows } = await client.query<{ v: unknown }>(query, [array]);
      expect(rows.map(({ v }) => readBack(type, v))).toEqual(written.map((value) => comparable(type, value)));
    });
    await fc.assert(property, { numRuns: 60 });
  },
);

function readBack(type: ElementType, value: unknown): unknown {
  if (value === null) return null;
  if (type === "bigint" || type === "timestamptz") return Number(value);
  return type === "jsonb" ? JSON.parse(String(value)) : type === "bytea" ? [...(value as Buffer)] : value;
}

function comparable(type: ElementType, value: ElementValue): unknown {
  if (value === null) return null;
  if (type === "jsonb") return JSON.parse(String(value), (_name, item) => (Object.is(item, -0) ? 0 : item));
  return type === "bytea" ? [...(value as Uint8Array)] : type === "bigint" ? Number(value) + 0 : value;
}
