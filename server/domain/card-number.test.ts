import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { containsCardNumber, findCardData, passesLuhn } from "./card-number.ts";

// Numbers that the networks publish for tests; none belongs to anybody.
const visa = "4111111111111111";
const amex = "378282246310005";

describe("texts that hold a card number", () => {
  test.each([
    ["a bare number", visa],
    ["12 digits", `40000000000${checkDigit("40000000000")}`],
    ["19 digits", `630400000000000000${checkDigit("630400000000000000")}`],
    ["15 digits", amex],
    ["with spaces", "4111 1111 1111 1111"],
    ["with two spaces", "4111  1111  1111  1111"],
    ["with dashes", "4111-1111-1111-1111"],
    ["with dashes and spaces", "4111 - 1111 - 1111 - 1111"],
    ["with dots", "4111.1111.1111.1111"],
    ["with underscores", "4111_1111_1111_1111"],
    ["with slashes", "4111/1111/1111/1111"],
    ["with tabs and newlines", "4111\t1111\n1111\r\n1111"],
    ["with no-break spaces", "4111\u00A01111\u00A01111\u00A01111"],
    ["with en dashes", "4111–1111–1111–1111"],
    ["with zero-width spaces", [...visa].join("\u200B")],
    ["with soft hyphens", "4111\u00AD1111\u00AD1111\u00AD1111"],
    ["with a separator after every digit", [...visa].join("-")],
    ["with colons", "4111:1111:1111:1111"],
    ["with commas", "4111,1111,1111,1111"],
    ["with pipes", "4111|1111|1111|1111"],
    ["in full-width digits", "４１１１１１１１１１１１１１１１"],
    ["in Arabic-Indic digits", "٤١١١١١١١١١١١١١١١"],
    ["in Devanagari digits", "४१११११११११११११११"],
    ["in mathematical digits", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"],
    ["in circled digits", "④①①①①①①①①①①①①①①①"],
    ["in keycap emoji", [...visa].map((digit) => `${digit}\uFE0F\u20E3`).join("")],
    ["with combining marks", [...visa].join("\u0332")],
    ["with Hangul fillers", [...visa].join("\u3164")],
    ["with braille blanks", [...visa].join("\u2800")],
    ["in parenthesised digits", "⑷⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴⑴"],
    ["in negative circled digits", "❹❶❶❶❶❶❶❶❶❶❶❶❶❶❶❶"],
    ["in circled digits without serifs", "➃➀➀➀➀➀➀➀➀➀➀➀➀➀➀➀"],
    ["in negative circled digits without serifs, and its zero", "➍🄌🄌🄌🄌🄌🄌🄌🄌🄌🄌🄌🄌🄌🄌➁"],
    ["percent-encoded digit by digit", [...visa].map((digit) => `%3${digit}`).join("")],
    ["with percent-encoded dashes", "4111%2D1111%2d1111%2D1111"],
    ["with dashes percent-encoded twice", "4111%252D1111%252D1111%252D1111"],
    ["in percent-encoded full-width digits", encodeURIComponent("４１１１１１１１１１１１１１１１")],
    ["in a query", "card=4111%201111%201111%201111&x=1"],
    ["within words", `card ${visa} of Jane`],
    ["between letters", `abc${visa}def`],
    ["before its expiry date", "4111 1111 1111 1111 12/29"],
    ["before another number", `${visa} 5500000000000005`],
    ["of American Express in its groups", "3782 822463 10005"],
    ["in JSON", `{"number":"${visa}"}`],
    ["with decimals", `${visa}.00`],
    ["beside a UUID", `0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b ${visa}`],
    ["inside a hexadecimal digest", `${"a".repeat(8)}${visa}${"b".repeat(8)}`],
  ])("%s", (_name, text) => expect(containsCardNumber(text)).toBe(true));
});

describe("texts that hold many digits and no card number", () => {
  test.each([
    ["a number that fails Luhn", "4111111111111112"],
    ["11 digits that pass Luhn", "79927398713"],
    ["20 digits", "41111111111111111111"],
    ["a feature value", "-1.3598071336738"],
    ["a small feature value", "6.75644938e-05"],
    ["an IPv4 address", "192.168.100.200"],
    ["an IPv6 address", "2001:0db8:1234:5678:9012:3456:7890:1234"],
    ["a UUID of digits", "41111111-1111-1111-8111-111111111111"],
    ["an ISO time", "2026-11-20T10:15:30.123456789Z"],
    ["an ISO time with an offset", "2026-11-20T10:15:30.123456+01:00"],
    ["an ISO time in basic format", "20261120T101530Z"],
    ["percent signs", "100% of 20% at %3 and %zz of 12345678"],
    ["nothing but zeros", "0000000000000000"],
    ["a ULID", "01HZX3VJ9Q8W7E6R5T4Y3U2I1O"],
    ["plain words", "a payment by an old friend, at last"],
  ])("%s", (_name, text) => expect(containsCardNumber(text)).toBe(false));

  test("every IPv4 address", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => !containsCardNumber(address)));
  });

  test("every number below 10^11 with decimals", () => {
    const decimals = fc.double({ min: -1e10, max: 1e10, noNaN: true });
    fc.assert(fc.property(decimals, (x) => findCardData({ v: x, text: String(x) }).length === 0));
  });

  test("digests of devices are let through but for one in a thousand", () => {
    const digests = Array.from({ length: 3_000 }, (_, i) =>
      createHash("sha256").update(`d${i}`).digest("hex"),
    );
    expect(digests.filter(containsCardNumber).length).toBeLessThanOrEqual(3);
  });
});

test.each([
  ["digits", "1"],
  ["digits of another script", "４"],
  ["groups", "1234-"],
  ["digits apart", "1 - "],
  ["short groups", "123 "],
])("a body's worth of %s is searched in the time of its length, not of its square", (_name, part) => {
  expect(containsCardNumber(part.repeat(200_000 / part.length))).toBe(part === "1234-" && holdsRepeated());
});

/** Whether 1234 1234 ... holds a card number: by Luhn's check on three and four groups. */
function holdsRepeated(): boolean {
  return passesLuhn("1234".repeat(3)) || passesLuhn("1234".repeat(4));
}

test("a card number is found whatever ASCII marks, up to three, stand between its digits and around it", () => {
  const marks = fc.stringMatching(/^[ \t./_-]{0,3}$/);
  const around = fc.string({ unit: "binary-ascii", maxLength: 10 }).map((text) => text.replace(/\d/g, ""));
  const digits = fc.stringMatching(/^[1-9]\d{10,17}$/).map((head) => head + checkDigit(head));
  fc.assert(
    fc.property(digits, fc.array(marks, { minLength: 20, maxLength: 20 }), around, (number, gaps, word) => {
      const apart = [...number]
        .map((digit, i) => `${digit}${i === number.length - 1 ? "" : gaps[i]}`)
        .join("");
      return containsCardNumber(`${word}x${apart}x${word}`);
    }),
  );
});

describe("bodies", () => {
  test("a card number is found at any depth and named by its place", () => {
    const body = { a: { b: [{ c: visa }] }, "x/y": `no. ${visa}` };
    expect(findCardData(body).map((finding) => finding.path)).toEqual(["/a/b/0/c", "/x~1y"]);
  });

  test("a card number is found as a number, a fraction and a bigint", () => {
    const body = {
      a: 4111111111111111,
      b: 4111111111111111.5,
      c: -4111111111111111,
      d: BigInt(`630400000000000000${checkDigit("630400000000000000")}`),
    };
    expect(findCardData(body).map((finding) => finding.path)).toEqual(["/a", "/b", "/c", "/d"]);
  });

  test("a name that is a card number is found and not repeated", () => {
    const findings = findCardData({ attributes: { [visa]: 1 } });
    expect(findings).toEqual([{ path: "/attributes/*", message: expect.any(String) }]);
    expect(JSON.stringify(findings)).not.toContain("1111");
  });

  test.each([
    "cvc",
    "CVV",
    "cvv2",
    "cvc_2",
    "PIN",
    "pin",
    "track",
    "Track-1",
    "track2",
    "pan",
    "cardCvc",
    "ｃｖｖ",
  ])("a field named %s is refused whatever its value", (name) =>
    expect(findCardData({ attributes: { [name]: null } })).toHaveLength(1),
  );

  test.each(["avsMatch", "cvvMatch", "pinVerified", "panEntryMode", "trackingId", "spin", "v1"])(
    "a field named %s is fine",
    (name) => expect(findCardData({ attributes: { [name]: 1 } })).toEqual([]),
  );

  test("findings never hold what was found", () => {
    const digits = fc.stringMatching(/^4\d{14}$/).map((head) => head + checkDigit(head));
    fc.assert(
      fc.property(digits, (number) => {
        const findings = findCardData({ note: `paid by ${number}`, list: [number] });
        return findings.length === 2 && !JSON.stringify(findings).includes(number);
      }),
    );
  });

  test("nesting beyond what can be checked is refused, not passed", () => {
    let body: unknown = "end";
    for (let i = 0; i < 1_000; i++) body = [body];
    expect(findCardData(body)).toHaveLength(1);
  });
});

test("Luhn's check knows the published test numbers and finds every single wrong digit", () => {
  for (const number of [visa, amex, "5500000000000004", "6011111111111117"])
    expect(passesLuhn(number)).toBe(true);
  for (let i = 0; i < visa.length; i++) {
    const wrong = `${visa.slice(0, i)}${(Number(visa[i]) + 1) % 10}${visa.slice(i + 1)}`;
    expect(passesLuhn(wrong)).toBe(false);
  }
});

function checkDigit(head: string): string {
  return String([..."0123456789"].findIndex((digit) => passesLuhn(head + digit)));
}
