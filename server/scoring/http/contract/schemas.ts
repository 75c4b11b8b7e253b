import { z } from "zod";
import { Problem } from "#server/domain/problem.ts";
import {
  LabelRequest,
  LabelResponse,
  MAX_ATTRIBUTES,
  MAX_BATCH,
  ScoreRequest,
  ScoreResponse,
} from "#server/domain/transaction.ts";
import { problemKinds, problemOf } from "../../problems.ts";
import { fieldNotes } from "./field-notes.ts";
import type { Schema } from "./openapi-types.ts";

const Health = z.object({ status: z.enum(["up", "ready"]) });

/** A reference to one of the document's schemas. */
export const schemaRef = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** The JSON Schemas (2020-12) of requests and answers, made from the zod schemas that check them. */
export function apiSchemas(): Record<string, Schema> {
  return {
    ScoreRequest: noted(
      "ScoreRequest",
      "One payment to score. Unknown fields are refused.",
      requestSchema(ScoreRequest),
    ),
    ScoreResponse: noted(
      "ScoreResponse",
      "A decision, as it is stored and served again.",
      jsonSchema(ScoreResponse),
    ),
    ScoreBatch: {
      type: "array",
      description: `Up to ${MAX_BATCH} payments.`,
      maxItems: MAX_BATCH,
      items: schemaRef("ScoreRequest"),
    },
    BatchResults: {
      type: "array",
      description: "A result for each payment, in their order.",
      items: schemaRef("BatchResult"),
    },
    BatchResult: {
      description: "The decision, or the problem document that the payment alone would have got.",
      oneOf: [schemaRef("ScoreResponse"), schemaRef("Problem")],
    },
    LabelRequest: noted("LabelRequest", "What a payment turned out to be.", requestSchema(LabelRequest)),
    LabelResponse: noted("LabelResponse", "A label as it was recorded.", jsonSchema(LabelResponse)),
    Problem: noted("Problem", "What is wrong, as RFC 9457 has it.", problemSchema()),
    Health: noted("Health", "How the server is.", jsonSchema(Health)),
  };
}

/** Limits that zod checks by functions, which say nothing of themselves. */
const furtherLimits: Readonly<Record<string, Schema>> = {
  attributes: { maxProperties: MAX_ATTRIBUTES },
  currency: { pattern: "^[A-Z]{3}$" },
};

function requestSchema(schema: z.ZodType): Schema {
  const made = z.toJSONSchema(schema, { io: "input" });
  const properties = Object.entries(made.properties ?? {}).map(
    ([name, property]) => [name, Object.assign({}, property as Schema, furtherLimits[name] ?? {})] as const,
  );
  return { ...withoutDialect(made), properties: Object.fromEntries(properties) };
}

function jsonSchema(schema: z.ZodType): Schema {
  return withoutDialect(z.toJSONSchema(schema));
}

function withoutDialect({ $schema: _, ...schema }: Schema): Schema {
  return schema;
}

/** The kinds of problem are few and known, and so are their statuses. */
function problemSchema(): Schema {
  const made = jsonSchema(Problem);
  const problems = problemKinds.map((kind) => problemOf(kind));
  const statuses = [...new Set(problems.map((problem) => problem.status))].sort((a, b) => a - b);
  return {
    ...made,
    properties: {
      ...(made.properties as Schema),
      type: { type: "string", enum: problems.map((problem) => problem.type) },
      status: { type: "integer", enum: statuses },
    },
  };
}

/** The schema with a description of itself and of each field. */
function noted(name: keyof typeof fieldNotes, description: string, schema: Schema): Schema {
  const notes: Readonly<Record<string, string>> = fieldNotes[name];
  const properties = Object.entries(schema.properties ?? {}).map(([field, property]) => {
    const note = notes[field];
    return [field, note === undefined ? property : { description: note, ...property }] as const;
  });
  return { title: name, description, ...schema, properties: Object.fromEntries(properties) };
}
