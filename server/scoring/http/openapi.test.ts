import { expect, test } from "vitest";
import { docsPage } from "./docs-page.ts";
import { openApiDocument } from "./openapi.ts";

const document = openApiDocument();

test("the document says what the contract says of each operation", () => {
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method, path, Object.keys(operation.responses)]),
  );
  expect(operations).toEqual([
    ["post", "/v1/score", ["200", "400", "401", "403", "409", "413", "415", "422", "503"]],
    ["post", "/v1/score/batch", ["200", "400", "401", "403", "413", "415", "422", "503"]],
    ["get", "/v1/transactions/{id}", ["200", "401", "403", "404", "503"]],
    ["post", "/v1/labels", ["201", "400", "401", "403", "404", "413", "415", "422", "503"]],
  ]);
});

test("the schemas are those that check requests", () => {
  const request = document.components.schemas.ScoreRequest;
  expect(request).toMatchObject({
    type: "object",
    required: ["id", "occurredAt", "amountMinor", "currency", "customerId", "merchantId"],
    additionalProperties: false,
  });
});

test("every reference leads to a schema", () => {
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  for (const [, name = ""] of references) expect(document.components.schemas).toHaveProperty(name);
});

test("the page names every operation and schema and asks nothing of the network", () => {
  const page = docsPage(document);
  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="${name}"`);
  expect(page).not.toMatch(/<script|<link|src=|https?:\/\/(?!json-schema)/);
});

test("what stands in the document cannot become markup", () => {
  const info = { ...document.info, title: "<script>alert(1)</script>" };
  expect(docsPage({ ...document, info })).not.toContain("<script>");
});
