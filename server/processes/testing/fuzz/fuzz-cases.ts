import fc, { type Arbitrary } from "fast-check";
import { broken, MARK, mutated, validLabel, validPayment } from "./fuzz-bodies.ts";
import { rawRequest } from "./raw-requests.ts";

/** A request that a client library would send, whatever its body holds. */
export type PlainCase = {
  readonly kind: "valid" | "hostile";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type FuzzCase = PlainCase | { readonly kind: "raw"; readonly bytes: Buffer };

const json = { "content-type": "application/json" };
const post = (kind: PlainCase["kind"], path: string, body: Buffer): PlainCase => ({
  kind,
  method: "POST",
  path,
  headers: json,
  body,
});
const text = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const score = (body: Buffer): PlainCase => post("hostile", "/v1/score", body);
const batch = (body: Buffer): PlainCase => post("hostile", "/v1/score/batch", body);
const label = (body: Buffer): PlainCase => post("hostile", "/v1/labels", body);

const mixedBatch = fc
  .array(
    fc.oneof(
      mutated(validPayment),
      validPayment.map((body) => JSON.stringify(body)),
    ),
    { maxLength: 6 },
  )
  .map((items) => batch(Buffer.from(`[${items.join(",")}]`)));

const addressPart = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }).map((part) => encodeURIComponent(part.toWellFormed())),
  fc.webPath(),
  fc.constantFrom(
    "%00",
    "%zz",
    "%ff%fe",
    "..%2f..",
    "x".repeat(2_000),
    "x".repeat(9_000),
    "%E0%A4%A",
    "/",
    "?",
    "4111111111111111",
  ),
);

const mediaType = fc.constantFrom(
  ...[
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "application/xml",
    "APPLICATION/JSON",
    "",
  ],
  ...["application/json;", "multipart/form-data; boundary=x", "application/json, text/plain", "a/b/c", "*/*"],
);

const odderTyped = fc.tuple(validPayment, mediaType).map(([body, type]): PlainCase => {
  const sent = post("hostile", "/v1/score", text(body));
  return { ...sent, headers: type === "" ? {} : { "content-type": type } };
});

const otherRequest: Arbitrary<PlainCase> = fc
  .record({
    method: fc.constantFrom(
      "GET",
      "HEAD",
      "OPTIONS",
      "PUT",
      "DELETE",
      "PATCH",
      "POST",
      "TRACE",
      "QUERY",
      "PROPFIND",
    ),
    path: fc.oneof(
      fc.constantFrom(
        "/v1/score",
        "/v1/score/batch",
        "/v1/labels",
        "/healthz",
        "/readyz",
        "/docs",
        "/v1/openapi.json",
        "/",
        "*",
        "//",
      ),
      addressPart.map((part) => `/v1/transactions/${part}`),
      addressPart.map((part) => `/${part.replace(/^\//, "")}`),
    ),
    type: mediaType,
    body: fc.oneof(fc.constant(Buffer.alloc(0)), fc.constant(Buffer.from(`{"a":"${MARK}"}`))),
    authorization: fc.constantFrom(
      null,
      "Bearer",
      "Bearer x",
      `Bearer assay_${"a".repeat(40)}`,
      "Basic YTpi",
      `Bearer ${"é".repeat(3)}`,
    ),
  })
  .map(({ type, body, authorization, ...request }) => ({
    ...request,
    kind: "hostile" as const,
    body,
    headers: {
      ...(type === "" ? {} : { "content-type": type }),
      ...(authorization === null ? {} : { authorization: Buffer.from(authorization).toString("latin1") }),
    },
  }));

const asInput = (value: string): string => `?input=${encodeURIComponent(value.toWellFormed())}`;
const trpcQuery = fc
  .tuple(
    fc.constantFrom(
      "transaction.byId",
      "transaction.detail",
      "transaction.list",
      "label.record",
      "case.list",
      MARK,
      "",
    ),
    broken(validPayment).map((bytes) => asInput(bytes.toString())),
    fc.constantFrom("", "&batch=1"),
  )
  .map(([procedure, input, more]): PlainCase => {
    const path = `/trpc/${procedure}${input}${more}`;
    return { kind: "hostile", method: "GET", path, headers: {}, body: Buffer.alloc(0) };
  });
const trpcCall = fc.oneof(
  mutated(validPayment).map((body) => post("hostile", "/trpc/transaction.score", Buffer.from(body))),
  mutated(validLabel).map((body) => post("hostile", "/trpc/label.record", Buffer.from(body))),
  mutated(validPayment).map((body) =>
    post("hostile", "/trpc/transaction.scoreBatch", Buffer.from(`[${body}]`)),
  ),
  broken(validLabel).map((body) => post("hostile", "/trpc/label.record", body)),
  trpcQuery,
);

/** Everything that is sent, in proportion. */
export const fuzzCase: Arbitrary<FuzzCase> = fc.oneof(
  { weight: 20, arbitrary: validPayment.map((body) => post("valid", "/v1/score", text(body))) },
  { weight: 29, arbitrary: mutated(validPayment).map((body) => score(Buffer.from(body))) },
  { weight: 12, arbitrary: broken(validPayment).map(score) },
  { weight: 8, arbitrary: mixedBatch },
  { weight: 3, arbitrary: broken(validPayment).map(batch) },
  { weight: 6, arbitrary: mutated(validLabel).map((body) => label(Buffer.from(body))) },
  { weight: 2, arbitrary: broken(validLabel).map(label) },
  { weight: 5, arbitrary: trpcCall },
  { weight: 6, arbitrary: otherRequest },
  { weight: 2, arbitrary: odderTyped },
  { weight: 7, arbitrary: rawRequest.map((bytes) => ({ kind: "raw" as const, bytes })) },
);
