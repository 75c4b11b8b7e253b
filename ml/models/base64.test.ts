import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBytes, decodeFloat32, encodeBytes, encodeFloat32 } from "./base64.ts";

test("one is the bytes 00 00 80 3f", () => {
  expect(encodeFloat32(Float32Array.of(1))).toBe("AACAPw==");
});

test("float32 values come back bit for bit, also from the middle of a buffer", () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 50 }), (values) => {
      expect(decodeFloat32(encodeFloat32(values), values.length)).toEqual(values);
      const tail = values.subarray(Math.min(1, values.length));
      expect(decodeFloat32(encodeFloat32(tail), tail.length)).toEqual(Float32Array.from(tail));
    }),
  );
});

test("another number of values than promised is refused", () => {
  expect(() => decodeFloat32("AACAPw==", 2)).toThrow("expected 2");
});

test("the bytes of any typed array come back under its type, a part of a buffer included", () => {
  const doubles = Float64Array.from([1, Number.NEGATIVE_INFINITY, 1e-300, 7]).subarray(1, 3);
  expect(new Float64Array(decodeBytes(encodeBytes(doubles)))).toEqual(Float64Array.from(doubles));
  expect(decodeBytes(encodeBytes(new Int16Array(0))).byteLength).toBe(0);
});
