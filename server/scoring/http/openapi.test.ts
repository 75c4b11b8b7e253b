import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { acceptPayment } from "../accepted-payment.ts";
import { examples } from "./contract/examples.ts";
import { fieldNotes } from "./contract/field-notes.ts";
import type { Answer, MediaType } from "./contract/openapi-types.ts";
import { openApiDocument } from "./openapi.ts";

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

test("the document says what the contract says of each operation", () => {
  expect(document.openapi).toBe("3.1.0");
  const body = ["400", "401", "403", "413", "415", "422", "500", "503"];
  expect(
    operations.map(({ method, path, operation }) => [method, path, Object.keys(operation.responses).sort()]),
  ).toEqual([
    ["post", "/v1/score", [...body, "200", "409"].sort()],
    ["post", "/v1/score/batch", [...body, "200"].sort()],
    ["get", "/v1/transactions/{id}", ["200", "400", "401", "403", "404", "500", "503"]],
    ["post", "/v1/labels", [...body, "201", "404"].sort()],
    ["get", "/healthz", ["200"]],
    ["get", "/readyz", ["200", "503"]],
    ["get", "/metrics", ["200"]],
    ["get", "/v1/openapi.json", ["200"]],
    ["get", "/docs", ["200"]],
  ]);
});

test("the schemas are those that check requests", () => {
  expect(document.components.schemas.ScoreRequest).toMatchObject({
    type: "object",
    required: ["id", "occurredAt", "amountMinor", "currency", "customerId", "merchantId"],
    additionalProperties: false,
    properties: { currency: { pattern: "^[A-Z]{3}$" }, attributes: { maxProperties: 256 } },
  });
});

test("every field of a schema is explained, and nothing else is", () => {
  for (const [name, notes] of Object.entries(fieldNotes)) {
    const { properties = {} } = document.components.schemas[name] ?? {};
    expect([name, Object.keys(notes).sort()]).toEqual([name, Object.keys(Object(properties)).sort()]);
  }
});

test("every schema is one of JSON Schema 2020-12, and every reference leads to a schema", () => {
  const ajv = ajvOf();
  for (const name of Object.keys(document.components.schemas))
    expect(() => checkerOf(ajv, name)).not.toThrow();
  for (const [, name = ""] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(document.components.schemas).toHaveProperty(name);
});

test("every example is valid by its own schema, but for the payment in the batch that shows a problem", () => {
  const ajv = ajvOf();
  const shown = operations.flatMap(({ operation }) => [
    ...(operation.requestBody === undefined ? [] : [operation.requestBody]),
    ...Object.values(operation.responses),
  ]);
  let count = 0;
  for (const media of [...shown, ...Object.values(document["x-outside-operations"])].flatMap(mediaOf)) {
    for (const { value } of Object.values(media.examples ?? {})) {
      if (value === examples.batch) continue;
      const check = checkerOf(ajv, String(media.schema.$ref).slice("#/components/schemas/".length));
      expect([value, check(value), check.errors]).toEqual([value, true, null]);
      count++;
    }
  }
  expect(count).toBeGreaterThan(40);
});

test("the example payment is accepted, and the batch's second is refused as its example says", () => {
  const now = new Date("2026-11-21T01:46:46Z");
  expect(acceptPayment(examples.payment, now).accepted).toBe(true);
  const second = acceptPayment(examples.batch[1], now);
  expect(second).toEqual({ accepted: false, problem: examples.batchResults[1] });
});

test("operations have names of their own, tags that exist, a parameter for each hole in the path, and a success", () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  const tags = document.tags.map((tag) => tag.name);
  for (const { path, operation } of operations) {
    expect(operation.tags.every((tag) => tags.includes(tag))).toBe(true);
    const holes = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect((operation.parameters ?? []).map(({ name }) => name)).toEqual(holes);
    expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
    expect(Object.keys(operation.responses).every((status) => /^[2-5]\d\d$/.test(status))).toBe(true);
    for (const requirement of operation.security)
      expect(document.components.securitySchemes).toHaveProperty(Object.keys(requirement));
    for (const { description } of Object.values(operation.responses)) expect(description).toMatch(/\w/);
  }
});

function ajvOf(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ["components"] });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "assay", components: document.components });
  return ajv;
}

function checkerOf(ajv: Ajv2020, name: string) {
  return ajv.compile({ $ref: `assay#/components/schemas/${name}` });
}

function mediaOf({ content = {} }: Pick<Answer, "content">): MediaType[] {
  return Object.values(content);
}
