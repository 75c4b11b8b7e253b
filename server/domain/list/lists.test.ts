import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipRange } from "./ip-range.ts";
import { canonicalValue, NewListEntry } from "./list-entry.ts";
import { changedLists, emptyLists, findListed, type ListedValue, type Lists } from "./lists.ts";

const payment = {
  amountMinor: 1,
  currency: "EUR",
  customerId: "cus_1",
  merchantId: "mer_1",
  cardToken: "card_1",
  deviceId: "dev_1",
  ip: "203.0.113.9",
  merchantCategory: null,
  channel: null,
  country: "DE",
  latitude: null,
  longitude: null,
  attributes: {},
};

const entry = (over: Partial<ListedValue>): ListedValue => ({
  id: `${over.kind ?? "customer"}-${over.value ?? "cus_1"}`,
  list: "block",
  kind: "customer",
  value: "cus_1",
  expiresAtMs: null,
  removed: false,
  ...over,
});
const listsOf = (...entries: Partial<ListedValue>[]): Lists => changedLists(emptyLists, entries.map(entry));

describe("a payment is found by what it carries", () => {
  test.each([
    ["customer", "cus_1"],
    ["card", "card_1"],
    ["device", "dev_1"],
    ["merchant", "mer_1"],
    ["country", "DE"],
    ["ip", "203.0.113.9"],
    ["ip", "203.0.113.0/24"],
    ["ip", "0.0.0.0/0"],
  ] as const)("%s %s", (kind, value) => {
    const found = findListed(listsOf({ kind, value: canonicalValue(kind, value) }), payment, 0);
    expect(found).toMatchObject({ list: "block", hit: { name: `Block list: ${kind}`, outcome: "decline" } });
    expect(findListed(listsOf({ kind, value: "other" }), payment, 0)).toBeNull();
  });

  test("the same text of another kind is another thing, and what is missing is on no list", () => {
    expect(findListed(listsOf({ kind: "device", value: "cus_1" }), payment, 0)).toBeNull();
    const bare = { ...payment, cardToken: null, deviceId: null, ip: null, country: null };
    expect(findListed(listsOf({ kind: "card", value: "card_1" }), bare, 0)).toBeNull();
  });
});

test("the block list stands before the allow list, whatever is on which", () => {
  const both = listsOf({ list: "allow" }, { kind: "country", value: "DE" });
  expect(findListed(both, payment, 0)?.list).toBe("block");
  expect(findListed(listsOf({ list: "allow" }), payment, 0)?.hit.outcome).toBe("approve");
});

test("an expired entry does not count, and does not hide a wider range", () => {
  const lists = listsOf(
    { kind: "ip", value: "203.0.113.9", expiresAtMs: 100 },
    { kind: "ip", value: "203.0.113.0/24", id: "wide" },
  );
  expect(findListed(lists, payment, 99)?.hit.id).toBe("ip-203.0.113.9");
  expect(findListed(lists, payment, 100)?.hit.id).toBe("wide");
});

test("changes make new lists and leave those before as they were", () => {
  const before = listsOf({}, { kind: "ip", value: "203.0.113.9" });
  const after = changedLists(before, [
    entry({ id: "again" }),
    entry({ removed: true }),
    entry({ kind: "ip", value: "203.0.113.9", removed: true }),
  ]);
  expect(findListed(before, payment, 0)?.hit.id).toBe("customer-cus_1");
  expect(findListed(after, payment, 0)?.hit.id).toBe("again");
  expect(findListed(changedLists(after, [entry({ id: "again", removed: true })]), payment, 0)).toBeNull();
});

describe("addresses have one spelling", () => {
  test.each([
    ["203.0.113.77/24", "203.0.113.0/24"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:DB8::1", "2001:db8:0:0:0:0:0:1"],
    ["2001:db8:0:0:1::/64", "2001:db8:0:0:0:0:0:0/64"],
    ["::", "0:0:0:0:0:0:0:0"],
  ])("%s", (text, expected) => {
    expect(ipRange(text)?.text).toBe(expected);
    expect(ipRange(expected)?.text).toBe(expected);
  });

  test.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1.2.3.4/33",
    "1.2.3.4/",
    "1..3.4",
    "2001:db8::/63",
    "1:2:3:4:5:6:7:8:9",
    "::1::",
    "g::",
    "1.2.3.4/8/8",
  ])("%s is none", (text) => {
    expect(ipRange(text)).toBeNull();
  });

  test("an address is in a range exactly when their leading bits are equal", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const four = fc.tuple(octet, octet, octet, octet);
    const bitsOf = (address: number[]) => address.map((part) => part.toString(2).padStart(8, "0")).join("");
    fc.assert(
      fc.property(four, four, fc.integer({ min: 0, max: 32 }), (a, b, length) => {
        const lists = listsOf({ kind: "ip", value: `${a.join(".")}/${length}` });
        const found = findListed(lists, { ...payment, ip: b.join(".") }, 0) !== null;
        return found === (bitsOf(a).slice(0, length) === bitsOf(b).slice(0, length));
      }),
    );
  });

  test("version 6 by whole digits, in any spelling", () => {
    const lists = listsOf({ kind: "ip", value: "2001:db8:0:0:0:0:0:0/32" });
    expect(findListed(lists, { ...payment, ip: "2001:0DB8::99" }, 0)).not.toBeNull();
    expect(findListed(lists, { ...payment, ip: "2001:db9::99" }, 0)).toBeNull();
  });
});

describe("what may be put on a list", () => {
  const valid = { list: "block", kind: "customer", value: " cus_1 ", reason: "stolen", expiresAt: null };
  const problem = (over: object) => NewListEntry.safeParse({ ...valid, ...over }).error?.issues[0]?.message;

  test("values are trimmed, and card numbers refused wherever they are", () => {
    expect(NewListEntry.parse(valid).value).toBe("cus_1");
    expect(problem({ kind: "card", value: "4111 1111 1111 1111" })).toContain("card number");
    expect(problem({ reason: "saw 4111111111111111" })).toContain("card number");
  });

  test("a country is a code, an address an address, and a reason is needed", () => {
    expect(problem({ kind: "country", value: "Germany" })).toContain("ISO 3166-1");
    expect(problem({ kind: "ip", value: "example.com" })).toContain("address");
    expect(problem({ reason: " " })).toBe("Say why");
    expect(problem({ kind: "ip", value: "2001:db8::/32" })).toBeUndefined();
  });
});
