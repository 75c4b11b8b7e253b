import type { Problem } from "#server/domain/problem.ts";
import type { ServiceErrorCode } from "#server/domain/service-error.ts";

export type FieldError = { readonly path: string; readonly message: string };

const kinds = {
  malformedJson: [400, "The body is not valid JSON", "Send one JSON value in UTF-8."],
  badRequest: [
    400,
    "The request is not valid HTTP",
    "Check the request line, the headers and the body's length.",
  ],
  timeout: [408, "The request did not arrive in time", "Send headers within 10 s and the body within 30 s."],
  unauthenticated: [401, "No valid API key", "Send an active key as Authorization: Bearer <key>."],
  forbidden: [403, "Not permitted", "This key has not the scope that this needs."],
  notFound: [404, "Not found", "There is nothing here."],
  methodNotAllowed: [405, "Method not allowed", "The Allow header names the methods of this address."],
  conflict: [409, "Conflict", "This id was used for another body."],
  tooLarge: [413, "The body is too large", "A payment may have 1 MiB, a batch 8 MiB."],
  unsupportedMediaType: [415, "Unsupported media type", "Send application/json."],
  invalid: [422, "Some fields are not valid", "See errors: each names a field by JSON pointer."],
  cardData: [
    422,
    "Card data must not be sent",
    "See errors: each names a field by JSON pointer. Nothing was stored.",
  ],
  internal: [500, "Unexpected error", "The error was logged. Sending the same request again is safe."],
  unavailable: [
    503,
    "Temporarily unavailable",
    "No decision was confirmed. Send the same request again after the time in Retry-After.",
  ],
  overloaded: [
    503,
    "Too many requests are waiting",
    "No decision was confirmed. Send the same request again after the time in Retry-After.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemKind = keyof typeof kinds;
export const problemKinds = Object.keys(kinds) as readonly ProblemKind[];

const MAX_ERRORS = 50;

/** The problem document of a kind, with the places of errors (the first 50) where there are any. */
export function problemOf(kind: ProblemKind, errors: readonly FieldError[] = []): Problem {
  const [status, title, detail] = kinds[kind];
  const name = kind.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
  const problem = { type: `urn:assay:problem:${name}`, title, status, detail };
  if (errors.length === 0) return problem;
  return { ...problem, errors: errors.slice(0, MAX_ERRORS).map(({ path, message }) => ({ path, message })) };
}

/** The same with a sentence of its own. */
export function problemWith(kind: ProblemKind, detail: string): Problem {
  return { ...problemOf(kind), detail };
}

const kindOfCode: Record<ServiceErrorCode, ProblemKind> = {
  invalid: "invalid",
  unauthenticated: "unauthenticated",
  forbidden: "forbidden",
  not_found: "notFound",
  conflict: "conflict",
  unavailable: "unavailable",
};

/** How a service's refusal is told over HTTP. */
export function problemOfService(code: ServiceErrorCode, message: string): Problem {
  return problemWith(kindOfCode[code], message);
}

const codeOfStatus: Readonly<Record<number, ServiceErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  503: "unavailable",
};

/** How a problem is told in process: the inverse of problemOfService. */
export function serviceCodeOf(problem: Problem): ServiceErrorCode {
  return codeOfStatus[problem.status] ?? "invalid";
}
