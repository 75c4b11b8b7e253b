import type { z } from "zod";
import { jsonPointer } from "#server/domain/json-pointer.ts";
import type { FieldError } from "./problems.ts";

/** The places of a validation's errors as JSON pointers. Messages say what is wanted, never what was sent. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: jsonPointer([...issue.path, key]),
        message: "is not a field of this request",
      }));
    }
    return [{ path: jsonPointer(issue.path), message: wordingOf(issue) }];
  });
}

function wordingOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return "is required";
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? "is not a valid name";
  return issue.message;
}
