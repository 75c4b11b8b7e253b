import type { Schema } from "../contract/openapi-types.ts";
import { Html, html } from "./html.ts";

type Members = Readonly<Record<string, Schema>>;

/** A schema as a table of its fields: type, limits, whether it is required, and what it means. */
export function schemaSection(name: string, schema: Schema): Html {
  const description = typeof schema.description === "string" ? schema.description : "";
  const heading = html`<h3 id="${name}"><a href="#${name}">${name}</a></h3><p>${description}</p>`;
  if (schema.properties === undefined) return html`${heading}<p>${typeOf(schema)} ${limitsOf(schema)}</p>`;
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const rows = fieldRows(schema.properties as Members, required);
  return html`${heading}<div class="scroll" tabindex="0" role="group" aria-label="Fields of ${name}"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Limits</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function fieldRows(members: Members, required: ReadonlySet<unknown>, prefix = ""): Html[] {
  return Object.entries(members).flatMap(([field, schema]) => {
    const mark = required.has(field)
      ? html`<span class="needed">required</span>`
      : html`<span class="optional">optional</span>`;
    const row = html`<tr><th scope="row"><code>${prefix}${field}</code> ${mark}</th><td>${typeOf(schema)}</td>
<td>${limitsOf(schema)}</td><td>${typeof schema.description === "string" ? schema.description : ""}</td></tr>`;
    const items = (schema.items ?? {}) as Schema;
    if (items.properties === undefined) return [row];
    const inner = new Set(Array.isArray(items.required) ? items.required : []);
    return [row, ...fieldRows(items.properties as Members, inner, `${prefix}${field}[].`)];
  });
}

/** A type in words, with links to schemas of the document. */
function typeOf(schema: Schema): Html {
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    return html`<a href="#${name}"><code>${name}</code></a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return either(choices.map((choice) => typeOf(choice as Schema)));
  if (Array.isArray(schema.enum))
    return either(schema.enum.map((value) => html`<code>${String(value)}</code>`));
  if (schema.type === "array") return html`array of ${typeOf((schema.items ?? {}) as Schema)}`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object") {
    return html`object of ${typeOf(schema.additionalProperties as Schema)}`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : String(schema.type ?? "any");
  return typeof schema.format === "string" ? html`${type} (${schema.format})` : html`${type}`;
}

function either(choices: readonly Html[]): Html {
  const unique = [...new Map(choices.map((choice) => [choice.text, choice])).values()];
  return new Html(unique.map((choice) => choice.text).join(" or "));
}

function limitsOf(schema: Schema): Html {
  const names = (schema.propertyNames ?? {}) as Schema;
  const inner = (Array.isArray(schema.anyOf) ? schema.anyOf : []) as Schema[];
  const values = (schema.additionalProperties ?? {}) as Schema;
  const texts = (Array.isArray(values.anyOf) ? values.anyOf : []) as Schema[];
  const parts = [
    range(schema.minimum, schema.maximum, ""),
    ...inner.map((choice) => range(choice.minimum, choice.maximum, "")),
    range(schema.minLength, schema.maxLength, "characters"),
    range(schema.minItems, schema.maxItems, "items"),
    range(schema.minProperties, schema.maxProperties, "names"),
    prefixed("names of", range(names.minLength, names.maxLength, "characters")),
    ...texts.map((choice) => prefixed("texts of", range(choice.minLength, choice.maxLength, "characters"))),
    schema.format === undefined ? patternOf(schema.pattern) : null,
  ];
  return new Html(parts.flatMap((part) => (part === null ? [] : [part.text])).join("<br>"));
}

function range(least: unknown, most: unknown, unit: string): Html | null {
  if (least === undefined && most === undefined) return null;
  if (most === Number.MAX_SAFE_INTEGER && typeof least === "number" && least >= 0)
    return html`${least} or more ${unit}`;
  if (least === undefined) return html`up to ${figure(most)} ${unit}`;
  if (most === undefined) return html`${figure(least)} or more ${unit}`;
  return least === most ? html`${figure(most)} ${unit}` : html`${figure(least)} to ${figure(most)} ${unit}`;
}

function figure(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en") : String(value);
}

function prefixed(words: string, limit: Html | null): Html | null {
  return limit === null ? null : html`${words} ${limit}`;
}

function patternOf(pattern: unknown): Html | null {
  if (pattern === "\\p{L}") return html`at least one letter`;
  return typeof pattern === "string" ? html`matches <code>${pattern}</code>` : null;
}
