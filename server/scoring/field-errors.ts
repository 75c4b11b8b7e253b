import type { z } from "zod";
import { jsonPointer } from "#server/domain/json-pointer.ts";
import type { FieldError } from "./problems.ts";

/**
 * The places of a validation's errors as JSON pointers, each with the first thing that is wrong there. Messages say
 * what is wanted, never what was sent.
 */
export function fieldErrors(error: z.ZodError): FieldError[] {
  const places = new Map<string, FieldError>();
  for (const found of error.issues.flatMap(errorsOf))
    if (!places.has(found.path)) places.set(found.path, found);
  return [...places.values()];
}

function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    const message = "is not a field of this request";
    return issue.keys.map((key) => ({ path: jsonPointer([...issue.path, key]), message }));
  }
  return [{ path: jsonPointer(issue.path), message: wordingOf(issue) }];
}

function wordingOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return "is required";
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? "is not a valid name";
  return issue.message;
}
