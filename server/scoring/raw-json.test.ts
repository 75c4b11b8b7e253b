import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./raw-json.ts";

const parse = (text: string): unknown => parseJson(Buffer.from(text));

test("JSON is parsed as everywhere", () => {
  fc.assert(
    fc.property(
      fc.json().filter((json) => !/\d{17}/.test(json)),
      (text) => {
        expect(parse(text)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test("whole numbers that could be card numbers keep all their digits", () => {
  expect(parse('{"a":4111111111111111110,"b":[-41111111111111111]}')).toEqual({
    a: 4111111111111111110n,
    b: [-41111111111111111n],
  });
});

test("a whole number of 17 digits is found wherever it stands in the body", () => {
  const padding = fc.string({ unit: fc.constantFrom("a", " ", "1", "."), maxLength: 60 });
  const digits = fc.stringMatching(/^[1-9]\d{14,19}$/);
  fc.assert(
    fc.property(padding, digits, padding, (before, number, after) => {
      const [, parsed] = parse(`["${before}",${number},"${after}"]`) as unknown[];
      const isLong = number.length >= 17 && number.length <= 19;
      expect(parsed).toBe(isLong ? BigInt(number) : Number(number));
    }),
    { numRuns: 500 },
  );
});

test("decimals of any length and larger numbers stay numbers", () => {
  expect(
    parse('{"a":-1.35980713367380001,"b":0.12345678901234567,"c":123456789012345678901,"d":1e300}'),
  ).toEqual({
    a: Number("-1.35980713367380001"),
    b: Number("0.12345678901234567"),
    c: Number("123456789012345678901"),
    d: 1e300,
  });
});

test("of members with the same name the last one counts, long digits or not", () => {
  expect(parse('{"a":1,"a":2}')).toEqual({ a: 2 });
  expect(parse('{"a":1,"a":2,"b":"41111111111111111"}')).toEqual({ a: 2, b: "41111111111111111" });
});

test("a member named __proto__ stays a member", () => {
  expect(Object.keys(parse('{"__proto__":1}') as object)).toEqual(["__proto__"]);
});

test("nesting of any depth is read, beside a long number too", () => {
  const deep = (depth: number): string =>
    `{"n":12345678901234567,"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  for (const depth of [8, 5_000, 100_000])
    expect(Object.keys(parse(deep(depth)) as object)).toEqual(["n", "a"]);
});

describe("refused", () => {
  test.each([
    ["nothing", ""],
    ["half an object", '{"a":'],
    ["two values", "{} {}"],
    ["a comma too many", "[1,]"],
    ["NaN", "NaN"],
    ["single quotes", "{'a':1}"],
  ])("%s", (_name, text) => expect(() => parse(text)).toThrow(SyntaxError));

  test("what is not UTF-8", () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(SyntaxError);
  });
});
