import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { containsCardNumber } from "#server/domain/card-number.ts";
import { cardTokenizer, importSalt } from "./card-token.ts";
import { testCards } from "./testing/plain-mapping.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

test("a card number has one token under one salt, however it is spaced, and others under other salts", () => {
  const token = cardTokenizer("salt");
  expect(token("4242 4242-4242 4242")).toBe(token("4242424242424242"));
  expect(new Set(testCards.map(token)).size).toBe(testCards.length);
  expect(cardTokenizer("pepper")("4242424242424242")).not.toBe(token("4242424242424242"));
});

test("the token is the first 128 bits of HMAC-SHA256, in letters", () => {
  // printf 4242424242424242 | openssl dgst -sha256 -hmac salt
  const hex = "9ab8091e224d650412b674eb5e9c911b";
  const letters = [...hex].map((digit) => "abcdefghijklmnop".charAt(Number.parseInt(digit, 16))).join("");
  expect(cardTokenizer("salt")("4242424242424242")).toBe(letters);
});

test("no token can pass for a card number", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 12, maxLength: 19 }),
      (number) => {
        const token = cardTokenizer("salt")(number);
        expect(token).toMatch(/^[a-p]{32}$/);
        expect(containsCardNumber(token)).toBe(false);
      },
    ),
  );
});

test("the salt of an installation is made once and is for its owner alone", () => {
  const folder = temporaryFolder();
  const salt = importSalt(folder);
  expect(salt).toMatch(/^[0-9a-f]{64}$/);
  expect(importSalt(folder)).toBe(salt);
  const file = join(folder, "imports", "card-token-salt");
  expect(readFileSync(file, "utf8")).toBe(salt);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
