import { z } from "zod";

type Schema = z.core.JSONSchema._JSONSchema;

const ofFormat: Readonly<Record<string, string>> = {
  "date-time": "2026-11-20T12:00:00.000Z",
  date: "2026-11-20",
  uuid: "00000000-0000-7000-8000-0000000000ff",
};

/** The least that a procedure's input schema takes: every required field, the first of every choice. Undefined for none. */
export function sampleInput(parsers: readonly unknown[]): unknown {
  const samples = parsers.map((parser) =>
    parser instanceof z.core.$ZodType
      ? sampleOf(z.toJSONSchema(parser, { io: "input", unrepresentable: "any" }))
      : undefined,
  );
  return samples.length > 1 ? Object.assign({}, ...samples) : samples[0];
}

function sampleOf(schema: Schema): unknown {
  if (typeof schema === "boolean") return {};
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice !== undefined) return sampleOf(choice);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(sampleOf));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? true)]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(arrayItem(schema.items)));
    case "string":
      return ofFormat[schema.format ?? ""] ?? "x".repeat(Math.max(1, schema.minLength ?? 1));
    case "integer":
    case "number":
      return Math.min(schema.maximum ?? Number.POSITIVE_INFINITY, Math.max(1, schema.minimum ?? 1));
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return {};
  }
}

function arrayItem(items: Schema | Schema[] | undefined): Schema {
  return Array.isArray(items) ? (items[0] ?? true) : (items ?? true);
}
