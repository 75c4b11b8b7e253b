import type { Problem } from "#server/domain/problem.ts";
import { type ProblemKind, problemOf } from "../../problems.ts";
import { examples } from "./examples.ts";
import type { Answer, Answers, Header, Schema } from "./openapi-types.ts";
import { schemaRef } from "./schemas.ts";

const header = (description: string, schema: Schema): Header => ({ description, required: true, schema });

const everyAnswer = {
  "X-Content-Type-Options": header("Bodies are what their type says.", { const: "nosniff" }),
};

/** An answer with a JSON body. */
export function jsonAnswer(description: string, schema: string, value: unknown): Answer {
  return {
    description,
    headers: everyAnswer,
    content: {
      "application/json": {
        schema: schemaRef(schema),
        examples: { answer: { summary: description, value } },
      },
    },
  };
}

/** An answer of text, without a schema to speak of. */
export function textAnswer(description: string, type: string, headers: Answer["headers"] = {}): Answer {
  return {
    description,
    headers: { ...everyAnswer, ...headers },
    content: { [type]: { schema: { type: "string" } } },
  };
}

/** A problem document, with an example of each kind that has this status. */
export function problemAnswer(
  description: string,
  kinds: readonly ProblemKind[],
  headers: Answer["headers"] = {},
): Answer {
  const shown: Partial<Record<ProblemKind, Problem>> = examples;
  const values = kinds.map((kind) => [kind, shown[kind] ?? problemOf(kind)] as const);
  const entries = values.map(([kind, value]) => [kind, { summary: value.title, value }] as const);
  return {
    description,
    headers: { ...everyAnswer, ...headers },
    content: {
      "application/problem+json": { schema: schemaRef("Problem"), examples: Object.fromEntries(entries) },
    },
  };
}

const retryAfter = {
  "Retry-After": header("Seconds to wait before sending the same request again.", {
    type: "integer",
    minimum: 1,
  }),
};

/** The answer of a server that cannot do it now. */
export const unavailableAnswer = (description: string, kinds: readonly ProblemKind[]): Answer =>
  problemAnswer(description, kinds, retryAfter);

const away = unavailableAnswer(
  "The database is away, or too many payments wait. Nothing was confirmed: send the same request again.",
  ["unavailable", "overloaded"],
);
const internal = problemAnswer("An error of Assay's own, logged without anything that was sent.", [
  "internal",
]);

/** What every operation with a key may answer. */
export const keyRefusals: Answers = {
  401: problemAnswer("No key, or none that is active.", ["unauthenticated"], {
    "WWW-Authenticate": header("How to authenticate.", { type: "string", pattern: "^Bearer " }),
  }),
  403: problemAnswer("The key has not the scope that this needs.", ["forbidden"]),
  500: internal,
  503: away,
};

/** What every operation with a body may answer besides. */
export const bodyRefusals: Answers = {
  400: problemAnswer("The body is not JSON in UTF-8, or the request is not HTTP.", [
    "malformedJson",
    "badRequest",
  ]),
  ...keyRefusals,
  413: problemAnswer("The body is too large: 1 MiB, or 8 MiB for a batch.", ["tooLarge"]),
  415: problemAnswer("The body is not application/json.", ["unsupportedMediaType"]),
  422: problemAnswer("Fields are not valid, or hold card data. Errors name fields, never values.", [
    "invalid",
    "cardData",
  ]),
};

/** Answers to requests that reach no operation. */
export const outsideOperations: Answers = {
  400: problemAnswer("The request is not HTTP, or its address cannot be read.", ["badRequest"]),
  404: problemAnswer("There is no such address.", ["notFound"]),
  405: problemAnswer("The address does not take this method.", ["methodNotAllowed"], {
    Allow: header("The methods that it takes.", { type: "string", minLength: 3 }),
  }),
};
