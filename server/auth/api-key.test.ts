import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { apiKeyPattern, generateApiKey, hashApiKey } from "./api-key.ts";

test("a key has its form, its first characters as prefix, and only its SHA-256 to keep", () => {
  const { key, prefix, hash } = generateApiKey(randomBytes);
  expect(key).toMatch(apiKeyPattern);
  expect(key).toHaveLength(46);
  expect(key.startsWith(prefix)).toBe(true);
  expect(Buffer.from(hash)).toEqual(createHash("sha256").update(key).digest());
  expect(hashApiKey(key)).toEqual(hash);
});

test("bytes beyond the largest multiple of 62 are thrown away, so that no character is likelier", () => {
  let calls = 0;
  const { key } = generateApiKey((size) => new Uint8Array(size).fill(calls++ === 0 ? 255 : 61));
  expect(key).toBe(`assay_${"z".repeat(40)}`);
  expect(calls).toBe(2);
});

test("whatever the bytes, the key is of base 62", () => {
  const bytes = fc.uint8Array({ minLength: 40, maxLength: 40 }).filter((b) => b.some((x) => x < 248));
  fc.assert(fc.property(bytes, (b) => apiKeyPattern.test(generateApiKey(() => b).key)));
});
