import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkVectors } from "./vectors.ts";

const ownFolder = resolve(import.meta.dirname, "../../ml/fixtures/reference-vectors");
const right = { id: "right", input: { scores: [0.1, 0.9], labels: [0, 1] }, expected: { auc: 1 } };
const wrong = { ...right, id: "wrong", expected: { auc: 0 } };
let folder = "";
let lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vectors-"));
  lines = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, functionName: string, cases: readonly unknown[]): void {
  const file = { function: functionName, definition: "", tolerance: { abs: 1e-9, rel: 1e-9 }, cases };
  writeFileSync(join(folder, name), JSON.stringify(file));
}

const check = (): number => checkVectors(folder, (line) => lines.push(line));

test("the project's own vectors all pass, a line per function, totals last", () => {
  expect(checkVectors(ownFolder, (line) => lines.push(line))).toBe(0);
  expect(lines).toHaveLength(33);
  expect(lines.at(-1)).toBe("206 passed, 0 failed");
});

test("a failing case names what differed and ends in exit code 1", () => {
  write("a.json", "roc_auc", [right, wrong]);
  expect(check()).toBe(1);
  expect(lines).toEqual(["FAIL roc_auc 1/2", "       wrong: .auc: 1, expected 0", "1 passed, 1 failed"]);
});

test("an unknown function is a failure", () => {
  write("a.json", "no_such_function", [right]);
  expect(check()).toBe(1);
  expect(lines.at(-1)).toBe("0 passed, 1 failed");
});

test("a file that is not vectors is a failure, and the others still run", () => {
  write("a.json", "roc_auc", [right]);
  writeFileSync(join(folder, "b.json"), "{}");
  writeFileSync(join(folder, "notes.txt"), "not looked at");
  expect(check()).toBe(1);
  expect(lines.at(-1)).toBe("1 passed, 1 failed");
});

test("a file or folder without cases is not a pass", () => {
  expect(check()).toBe(1);
  write("a.json", "no_such_function", []);
  expect(check()).toBe(1);
});
