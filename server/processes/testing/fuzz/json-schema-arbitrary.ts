import fc, { type Arbitrary } from "fast-check";
import type { Schema } from "#server/scoring/http/contract/openapi-types.ts";

/** How texts of a format or a pattern are made: a schema tells only how to check them. */
export type Makers = Readonly<Record<string, Arbitrary<string>>>;

/** Values that are valid by a JSON Schema of the API, made from it; `makers` by format or pattern. */
export function arbitraryOf(schema: Schema, makers: Makers): Arbitrary<unknown> {
  const again = (inner: unknown): Arbitrary<unknown> => arbitraryOf(Object(inner), makers);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(again));
  switch (schema.type) {
    case "string":
      return textOf(schema, makers);
    case "integer":
      return fc.oneof(
        fc.maxSafeInteger().map((n) => clamp(n, schema)),
        fc.constantFrom(schema.minimum, schema.maximum),
      );
    case "number":
      return fc.double({
        min: Number(schema.minimum ?? -1e9),
        max: Number(schema.maximum ?? 1e9),
        noNaN: true,
      });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(again(schema.items), { maxLength: 5 });
    case "object":
      return schema.properties === undefined ? recordOf(schema, again) : objectOf(schema, again);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

function objectOf(schema: Schema, again: (inner: unknown) => Arbitrary<unknown>): Arbitrary<unknown> {
  const members = Object.entries(Object(schema.properties)).map(
    ([name, inner]) => [name, again(inner)] as const,
  );
  const requiredKeys = (Array.isArray(schema.required) ? schema.required : []) as string[];
  return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true });
}

function recordOf(schema: Schema, again: (inner: unknown) => Arbitrary<unknown>): Arbitrary<unknown> {
  const names = fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name !== "__proto__");
  return fc.dictionary(names, again(schema.additionalProperties), { maxKeys: 8, noNullPrototype: true });
}

function textOf(schema: Schema, makers: Makers): Arbitrary<string> {
  const maker = makers[String(schema.format)] ?? makers[String(schema.pattern)];
  if (maker !== undefined) return maker;
  const [minLength, maxLength] = [Number(schema.minLength ?? 0), Number(schema.maxLength ?? 40)];
  const texts = fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: "binary" });
  return fc.oneof(
    { weight: 9, arbitrary: texts },
    { weight: 1, arbitrary: fc.constant("x".repeat(maxLength)) },
  );
}

function clamp(value: number, { minimum, maximum }: Schema): number {
  return Math.min(Number(maximum ?? value), Math.max(Number(minimum ?? value), value));
}
