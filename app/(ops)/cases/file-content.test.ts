import fc from "fast-check";
import { expect, test } from "vitest";
import { base64Of, bytesOf, fileSize } from "./file-content.ts";

test("bytes survive the way there and back, also when they are many", () => {
  const thereAndBack = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    expect(bytesOf(base64Of(bytes))).toEqual(bytes);
  });
  fc.assert(thereAndBack);
  const many = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
  expect(base64Of(many)).toBe(Buffer.from(many).toString("base64"));
});

test("sizes are short", () => {
  expect([812, 40_400, 1_240_000].map(fileSize)).toEqual(["812 B", "40 kB", "1.2 MB"]);
});
