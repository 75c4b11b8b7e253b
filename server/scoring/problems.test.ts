import { expect, test } from "vitest";
import { Problem } from "#server/domain/problem.ts";
import { serviceErrorCodes } from "#server/domain/service-error.ts";
import { problemOf, problemOfService, problemWith, serviceCodeOf } from "./problems.ts";

test("a problem has the members of RFC 9457, and places of errors only when there are any", () => {
  expect(problemOf("methodNotAllowed")).toEqual({
    type: "urn:assay:problem:method-not-allowed",
    title: "Method not allowed",
    status: 405,
    detail: expect.any(String),
  });
  const invalid = problemOf("invalid", [{ path: "/a", message: "is required" }]);
  expect(Problem.parse(invalid)).toEqual(invalid);
  expect(invalid.errors).toEqual([{ path: "/a", message: "is required" }]);
});

test("no more than fifty places are listed", () => {
  const errors = Array.from({ length: 80 }, (_, i) => ({ path: `/${i}`, message: "is wrong" }));
  expect(problemOf("invalid", errors).errors).toHaveLength(50);
});

test("a sentence of its own takes the place of the usual one", () => {
  expect(problemWith("conflict", "Used before.")).toMatchObject({ status: 409, detail: "Used before." });
});

test("a service's refusal survives the way to HTTP and back", () => {
  for (const code of serviceErrorCodes) expect(serviceCodeOf(problemOfService(code, "No."))).toBe(code);
});
