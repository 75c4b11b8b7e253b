import fc, { type Arbitrary } from "fast-check";
import { findCardData } from "#server/domain/card-number.ts";
import { openApiDocument } from "#server/scoring/http/openapi.ts";
import { findUnstorable } from "#server/scoring/unstorable.ts";
import { arbitraryOf, type Makers } from "./json-schema-arbitrary.ts";

/** Stands in hostile values, and so must stand in no answer. */
export const MARK = "zqMARKqz";

const makers: Makers = {
  "date-time": fc
    .date({ min: new Date(0), max: new Date("2026-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6().filter((address) => !address.includes(".")),
  "\\p{L}": fc
    .tuple(fc.constantFrom("pay_", "Ω", "顧客", "x"), fc.string({ unit: "binary", maxLength: 40 }))
    .map(([letter, rest]) => letter + rest),
  "^[A-Z]{3}$": fc.constantFrom("EUR", "USD", "JPY", "KWD"),
  "^[A-Z]{2}$": fc.constantFrom("DE", "FR", "ZZ"),
};

const { schemas } = openApiDocument().components;

/** Payments that must be scored: valid by the schema, free of card numbers and of what cannot be stored, each once. */
export const validPayment = fc
  .tuple(arbitraryOf(schemas.ScoreRequest ?? {}, makers), fc.uuid())
  .map(([body, unique]): Record<string, unknown> => {
    const { id, ...rest } = Object(body);
    return { ...rest, id: `${String(id).slice(0, 80)} ${unique}` };
  })
  .filter((body) => findCardData(body).length === 0 && findUnstorable(body).length === 0);

/** The same of labels. */
export const validLabel = arbitraryOf(schemas.LabelRequest ?? {}, makers)
  .filter((body) => findCardData(body).length === 0 && findUnstorable(body).length === 0)
  .map((body) => body as Record<string, unknown>);

/** JSON texts of values that no schema asks for, each with the mark where it can have one. */
const oddValues: readonly string[] = [
  ...["null", "true", "[]", "{}", '""', "0", "-0", "-1", "1.5", "1e999", "-1e999", "1e-999", "5e-324"],
  ...[
    "9007199254740993",
    "123456789012345678901234567890",
    "1e308",
    "99999999999999999",
    "12345678901234567",
  ],
  ...[
    `"${MARK}"`,
    `["${MARK}"]`,
    `{"a":"${MARK}"}`,
    `"${MARK}\\u0000"`,
    `"${MARK}\\ud800"`,
    `"\\udc00${MARK}"`,
  ],
  ...[
    `"${MARK}${"x".repeat(2_000)}"`,
    `"\\ufeff${MARK}"`,
    `"${MARK}\\u202e\\u2028"`,
    `"${MARK}🏳️‍🌈"`,
    '"NaN"',
  ],
  ...[
    nested(7),
    nested(9),
    nested(200),
    nested(5_000),
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{}}}',
  ],
  ...[
    '{"toJSON":1,"then":1}',
    '{"length":1e9}',
    `"${MARK}4111 1111 1111 1111"`,
    "4111111111111111",
    `"${MARK}%00'--"`,
  ],
];

const oddNames = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "",
    "\\u0000",
    "\\ud800",
    "a/b~c",
    "cvv",
  ],
  ...["4111111111111111", "x".repeat(5_000), "attributes", "id", "ＩＤ", "amountMinor "],
];

function nested(depth: number): string {
  return `${"[".repeat(depth)}"${MARK}"${"]".repeat(depth)}`;
}

const oddValue = fc.oneof(
  fc.constantFrom(...oddValues),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

/** A body with some of its members taken away, replaced, added, or written twice. */
export function mutated(valid: Arbitrary<Record<string, unknown>>): Arbitrary<string> {
  const change = fc.record({
    kind: fc.constantFrom("replace", "remove", "add", "twice", "attribute"),
    at: fc.nat(30),
    name: fc.constantFrom(...oddNames),
    value: oddValue,
  });
  return fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 })).map(([body, changes]) => {
    const members = Object.entries(body).map(([name, value]) => [
      JSON.stringify(name),
      JSON.stringify(value),
    ]);
    for (const { kind, at, name, value } of changes) {
      const place = at % Math.max(1, members.length);
      const [known = '"id"'] = members[place] ?? [];
      if (kind === "replace") members[place] = [known, value];
      else if (kind === "remove") members.splice(place, 1);
      else if (kind === "add") members.push([`"${name}"`, value]);
      else if (kind === "twice") members.push([known, value]);
      else members.push(['"attributes"', `{"${name}":${value},"a":${value}}`]);
    }
    return `{${members.map((member) => member.join(":")).join(",")}}`;
  });
}

/** Texts that are hardly JSON: cut, with bytes changed, or made of anything. */
export function broken(valid: Arbitrary<Record<string, unknown>>): Arbitrary<Buffer> {
  const cut = fc.tuple(valid, fc.double({ min: 0, max: 1, noNaN: true })).map(([body, share]) => {
    const bytes = Buffer.from(JSON.stringify(body));
    return bytes.subarray(0, Math.floor(bytes.length * share));
  });
  const changed = fc.tuple(valid, fc.nat(), fc.nat(255)).map(([body, at, byte]) => {
    const bytes = Buffer.from(JSON.stringify(body));
    bytes[at % bytes.length] = byte;
    return bytes;
  });
  const anything = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const odd = fc.oneof(oddValue, fc.string({ unit: "binary" })).map((text) => Buffer.from(text));
  return fc.oneof(cut, changed, anything, odd);
}
