import { MAX_BATCH } from "#server/domain/transaction.ts";
import { bodyRefusals, jsonAnswer, keyRefusals, problemAnswer } from "./answers.ts";
import { examples } from "./examples.ts";
import type { OpenApiDocument, Operation } from "./openapi-types.ts";
import { schemaRef } from "./schemas.ts";

const needsKey = [{ apiKey: [] }];

function body(schema: string, description: string, value: unknown): Operation["requestBody"] & {} {
  const media = { schema: schemaRef(schema), examples: { request: { summary: description, value } } };
  return { required: true, description, content: { "application/json": media } };
}

const score: Operation = {
  operationId: "score",
  tags: ["Scoring"],
  summary: "Score a payment",
  description:
    "Needs a key with scope score. Answers once the decision is on disk. The id is an idempotency key: the same body again, in any order of its fields, gets the same answer byte for byte; so a request that got no answer may simply be sent again.",
  security: needsKey,
  requestBody: body("ScoreRequest", "The payment.", examples.payment),
  responses: {
    200: jsonAnswer("The decision.", "ScoreResponse", examples.decision),
    ...bodyRefusals,
    409: problemAnswer("The id was used with another body.", ["conflict"]),
  },
};

const scoreBatch: Operation = {
  operationId: "scoreBatch",
  tags: ["Scoring"],
  summary: `Score up to ${MAX_BATCH.toLocaleString("en")} payments`,
  description:
    "Needs a key with scope score. Results are in the order of the payments: each the decision, or the problem document that the payment alone would have got. One bad payment does not stop the others, and each is idempotent by its own id. Only when not one could be decided for want of the database or of room does the whole batch get a 503.",
  security: needsKey,
  requestBody: body("ScoreBatch", "The payments.", examples.batch),
  responses: {
    200: jsonAnswer("A result for each payment.", "BatchResults", examples.batchResults),
    ...bodyRefusals,
  },
};

const byId: Operation = {
  operationId: "transactionById",
  tags: ["Scoring"],
  summary: "Read a decision back",
  description: "Needs a key with scope score. The answer that this payment got first, byte for byte.",
  security: needsKey,
  parameters: [
    {
      name: "id",
      in: "path",
      required: true,
      description: "The payment's id, percent-encoded.",
      schema: { type: "string", minLength: 1, maxLength: 128 },
      example: examples.payment.id,
    },
  ],
  responses: {
    200: jsonAnswer("The decision.", "ScoreResponse", examples.decision),
    400: problemAnswer("The id is not percent-encoded UTF-8.", ["badRequest"]),
    ...keyRefusals,
    404: problemAnswer("There is no decision on this transaction.", ["notFound"]),
  },
};

const recordLabel: Operation = {
  operationId: "recordLabel",
  tags: ["Labels"],
  summary: "Record a label",
  description:
    "Needs a key with scope label. Tells that a payment was fraud or legitimate. The same transaction, source, label and time again changes nothing and gets the same answer. Nothing is overwritten: of several labels the strongest source counts.",
  security: needsKey,
  requestBody: body("LabelRequest", "The label.", examples.label),
  responses: {
    201: jsonAnswer("The label as recorded.", "LabelResponse", examples.recorded),
    ...bodyRefusals,
    404: problemAnswer("The transaction is not known.", ["notFound"]),
  },
};

/** What payment systems call. */
export const scoringPaths: OpenApiDocument["paths"] = {
  "/v1/score": { post: score },
  "/v1/score/batch": { post: scoreBatch },
  "/v1/transactions/{id}": { get: byId },
  "/v1/labels": { post: recordLabel },
};
