import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors } from "./field-errors.ts";

const Schema = z.strictObject({
  name: z
    .string()
    .min(3)
    .regex(/^[a-z]+$/),
  kind: z.enum(["a", "b"]),
  tags: z.record(z.string().max(4), z.union([z.number(), z.boolean()])).optional(),
});

function errorsOf(value: unknown) {
  const parsed = Schema.safeParse(value);
  return parsed.success ? [] : fieldErrors(parsed.error);
}

test("what is missing is required, and what is unknown is named one by one", () => {
  expect(errorsOf({ kind: "a", x: 1, "y/z": 2 })).toEqual([
    { path: "/name", message: "is required" },
    { path: "/x", message: "is not a field of this request" },
    { path: "/y~1z", message: "is not a field of this request" },
  ]);
});

test("a place is named once, with the first thing that is wrong there", () => {
  expect(errorsOf({ name: "A", kind: "a" }).map((error) => error.path)).toEqual(["/name"]);
});

test("names and values within a map are told apart by their place", () => {
  const errors = errorsOf({ name: "abc", kind: "a", tags: { toolong: 1, ok: "no" } });
  expect(errors.map((error) => error.path)).toEqual(["/tags/toolong", "/tags/ok"]);
});

test("no message repeats what was sent", () => {
  const errors = errorsOf({ name: "SECRET1", kind: "SECRET2", tags: { a: "SECRET3" } });
  expect(errors).toHaveLength(3);
  expect(JSON.stringify(errors)).not.toContain("SECRET");
});
