import { z } from "zod";
import { Problem } from "#server/domain/problem.ts";
import {
  LabelRequest,
  LabelResponse,
  MAX_BATCH,
  ScoreRequest,
  ScoreResponse,
} from "#server/domain/transaction.ts";

export type Schema = Readonly<Record<string, unknown>>;
export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Schema[];
  readonly parameters?: readonly Schema[];
  readonly requestBody?: Schema;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
};
export type OpenApiDocument = {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Schema;
  };
};

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema): Schema => ({ content: { "application/json": { schema } } });
const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
});
const retryLater = {
  ...problem(
    "The database is away, or too many requests wait. Send the same request again after Retry-After.",
  ),
  headers: { "Retry-After": { schema: { type: "integer" }, description: "seconds" } },
};
const refusals = {
  401: problem("No active API key."),
  403: problem("The key has not the scope that this needs."),
};
const bodyRefusals = {
  ...refusals,
  400: problem("The body is not JSON."),
  413: problem("The body is too large: 1 MiB, or 8 MiB for a batch."),
  415: problem("The body is not application/json."),
  422: problem(
    "Fields are not valid or hold card data. Each error names its field by JSON pointer, never its value.",
  ),
  503: retryLater,
};
const key = [{ apiKey: [] }];

const score: Operation = {
  operationId: "score",
  summary: "Score a payment",
  description:
    "Scope score. Answers once the decision is durable. The id is an idempotency key: the same body again, in any order of keys, gets the same answer byte for byte. Reasons are the three features that raise the score most; an approval has none.",
  security: key,
  requestBody: { required: true, ...json(ref("ScoreRequest")) },
  responses: {
    200: { description: "The decision.", ...json(ref("ScoreResponse")) },
    ...bodyRefusals,
    409: problem("The id was used with another body."),
  },
};

const scoreBatch: Operation = {
  operationId: "scoreBatch",
  summary: `Score up to ${MAX_BATCH} payments`,
  description:
    "Scope score. Results are in the order of the payments: each the decision, or the problem document that the payment alone would have got.",
  security: key,
  requestBody: {
    required: true,
    ...json({ type: "array", maxItems: MAX_BATCH, items: ref("ScoreRequest") }),
  },
  responses: {
    200: {
      description: "A result for each payment.",
      ...json({ type: "array", items: { oneOf: [ref("ScoreResponse"), ref("Problem")] } }),
    },
    ...bodyRefusals,
  },
};

const byId: Operation = {
  operationId: "transactionById",
  summary: "The decision as served",
  description: "Scope score. The answer that this payment got first, byte for byte.",
  security: key,
  parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", maxLength: 128 } }],
  responses: {
    200: { description: "The decision.", ...json(ref("ScoreResponse")) },
    ...refusals,
    404: problem("There is no decision on this transaction."),
    503: retryLater,
  },
};

const label: Operation = {
  operationId: "recordLabel",
  summary: "Record a label",
  description:
    "Scope label. Tells that a payment was fraud or legitimate. The same transaction, source, label and time again changes nothing and gets the same answer.",
  security: key,
  requestBody: { required: true, ...json(ref("LabelRequest")) },
  responses: {
    201: { description: "The label as recorded.", ...json(ref("LabelResponse")) },
    ...bodyRefusals,
    404: problem("The transaction is not known."),
  },
};

/** The description of the HTTP API (OpenAPI 3.1), made from the schemas that check it. */
export function openApiDocument(): OpenApiDocument {
  return {
    openapi: "3.1.0",
    info: {
      title: "Assay scoring API",
      version: "1",
      description:
        "Scores payments and takes labels. Money is integer minor units, times are ISO 8601 with an offset, errors are RFC 9457 problem documents. Card numbers never enter: send tokens.",
    },
    paths: {
      "/v1/score": { post: score },
      "/v1/score/batch": { post: scoreBatch },
      "/v1/transactions/{id}": { get: byId },
      "/v1/labels": { post: label },
    },
    components: {
      schemas: {
        ScoreRequest: z.toJSONSchema(ScoreRequest, { io: "input" }),
        ScoreResponse: z.toJSONSchema(ScoreResponse),
        LabelRequest: z.toJSONSchema(LabelRequest, { io: "input" }),
        LabelResponse: z.toJSONSchema(LabelResponse),
        Problem: z.toJSONSchema(Problem),
      },
      securitySchemes: { apiKey: { type: "http", scheme: "bearer" } },
    },
  };
}
