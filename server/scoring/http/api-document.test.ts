import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createMetrics } from "../metrics.ts";
import { problemKinds, problemOf } from "../problems.ts";
import { examples } from "./contract/examples.ts";
import { openApiDocument } from "./openapi.ts";

const root = resolve(import.meta.dirname, "../../..");
const text = readFileSync(`${root}/docs/http-api.md`, "utf8");
const document = openApiDocument();
const copies = [...text.matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)\n```/g)];
const shown = [...text.matchAll(/<!-- example: (\w+) -->\n```json\n([\s\S]*?)\n```/g)];

test.each(copies.map(([, path = "", copy = ""]) => [path, copy]))(
  "%s stands there as it is",
  (path, copy) => {
    expect(copy).toBe(readFileSync(`${root}/${path}`, "utf8").trimEnd());
  },
);

test.each(shown.map(([, name = "", copy = ""]) => [name, copy]))(
  "the example %s is that of OpenAPI",
  (name, copy) => {
    expect(JSON.parse(copy)).toEqual(Object(examples)[name]);
  },
);

test("every mark has its copy", () => {
  expect(copies).toHaveLength(text.match(/<!-- file: /g)?.length ?? 0);
  expect(shown).toHaveLength(text.match(/<!-- example: /g)?.length ?? 0);
  expect([copies.length, shown.length]).toEqual([7, 4]);
});

/** The words in code of the first cell of each row of the table that begins with this head. */
function namesInTable(head: string): string[] {
  const rows = text.slice(text.indexOf(head)).split("\n\n")[0]?.split("\n").slice(2) ?? [];
  return rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
}

test("the table of requests has every operation and no other", () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(namesInTable("| request |").sort()).toEqual(operations.sort());
});

test("the tables of fields have every field of a payment and of a decision", () => {
  const [request = "", answer = ""] = text.split("| field | |").slice(1);
  const names = (table: string): string[] =>
    (table.split("\n\n")[0] ?? "")
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
  const fields = (schema: string): string[] =>
    Object.keys(Object(document.components.schemas[schema]?.properties));
  expect(names(request).sort()).toEqual(fields("ScoreRequest").sort());
  expect([...names(answer), "transactionId"].sort()).toEqual(fields("ScoreResponse").sort());
});

test("the table of errors has every kind of problem under its status", () => {
  const table = text.slice(text.indexOf("| status | `type`")).split("\n\n")[0] ?? "";
  for (const problem of problemKinds.map((kind) => problemOf(kind))) {
    const row = table.split("\n").find((line) => line.startsWith(`| ${problem.status} |`));
    expect([problem.status, row]).toEqual([
      problem.status,
      expect.stringContaining(`\`${problem.type.slice(18)}\``),
    ]);
  }
});

test("the table of metrics has every metric of Assay's own", async () => {
  const gauges = { queueDepth: () => 0, storeSize: () => 0, storeBytes: () => 0, ready: () => true };
  const metrics = await createMetrics(gauges, false).registry.getMetricsAsJSON();
  const told = namesInTable("| metric |").map((name) => name.replace(/\{.*/, ""));
  expect(told.sort()).toEqual(metrics.map((metric) => metric.name).sort());
});
