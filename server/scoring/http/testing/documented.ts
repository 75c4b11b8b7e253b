import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Answer } from "../contract/openapi-types.ts";
import { openApiDocument } from "../openapi.ts";

export type Observed = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** Checks answers of a live server against the API's description. */
export class DocumentedApi {
  readonly document = openApiDocument();
  readonly #ajv = new Ajv2020({ allowUnionTypes: true, keywords: ["components"] });
  readonly #checkers = new Map<string, ValidateFunction>();
  /** Every answer of the description, as "method path status"; those seen are taken away. */
  readonly unseen: Set<string>;

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "assay", components: this.document.components });
    this.unseen = new Set(
      Object.entries(this.document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, { responses }]) =>
          Object.keys(responses).map((status) => `${method} ${path} ${status}`),
        ),
      ),
    );
    for (const status of Object.keys(this.document["x-outside-operations"]))
      this.unseen.add(`outside ${status}`);
  }

  /** What the answer to an operation has that the description does not say, or the other way round. */
  faults(method: string, path: string, observed: Observed): string[] {
    const answer = this.document.paths[path]?.[method]?.responses[observed.status];
    return this.#compare(`${method} ${path} ${observed.status}`, answer, observed);
  }

  /** The same of an answer to a request that reached no operation. */
  faultsOutside(observed: Observed): string[] {
    const answer = this.document["x-outside-operations"][observed.status];
    return this.#compare(`outside ${observed.status}`, answer, observed);
  }

  /** What is wrong with a body by one of the document's schemas; null when nothing is. */
  schemaFault(name: string, value: unknown): string | null {
    const check = this.#checkerOf({ $ref: `#/components/schemas/${name}` });
    return check(value) ? null : this.#ajv.errorsText(check.errors);
  }

  #compare(place: string, answer: Answer | undefined, observed: Observed): string[] {
    if (answer === undefined) return [`${place} is not documented`];
    this.unseen.delete(place);
    const faults: string[] = [];
    for (const [name, { schema }] of Object.entries(answer.headers ?? {})) {
      const value = observed.headers[name.toLowerCase()];
      const typed = schema.type === "integer" ? Number(value) : value;
      if (value === undefined) faults.push(`${place} lacks ${name}`);
      else if (!this.#checkerOf(schema)(typed)) faults.push(`${place} has ${name}: ${String(value)}`);
    }
    const type = String(observed.headers["content-type"]).split(";")[0] ?? "";
    const media = answer.content?.[type];
    if (media === undefined) return [...faults, `${place} is ${type}`];
    const value: unknown = type.endsWith("json") ? JSON.parse(observed.body) : observed.body;
    const check = this.#checkerOf(media.schema);
    if (!check(value)) faults.push(`${place}: ${this.#ajv.errorsText(check.errors)}`);
    if (type === "application/problem+json" && Object(value).status !== observed.status)
      faults.push(`${place} says another status in its body`);
    return faults;
  }

  #checkerOf(schema: object): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"assay#/components/');
    const known = this.#checkers.get(text);
    if (known !== undefined) return known;
    const made = this.#ajv.compile(JSON.parse(text) as object);
    this.#checkers.set(text, made);
    return made;
  }
}
