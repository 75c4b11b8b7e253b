import { expect, test } from "vitest";
import { BinaryArrays } from "./binary-arrays.ts";

const self = <T>(value: T): T => value;

test("an array has PostgreSQL's header, and each element its length", () => {
  const bytes = new BinaryArrays().write("text", ["hé", null], self);
  expect(bytes.toString("hex")).toBe(
    ["00000001", "00000001", "00000019", "00000002", "00000001", "00000003", "68c3a9", "ffffffff"].join(""),
  );
});

test("an empty array has no dimension", () => {
  expect(new BinaryArrays().write("float8", [], self).toString("hex")).toBe("0000000000000000000002bd");
});

test("arrays of one statement stay as they are when the buffer grows", () => {
  const arrays = new BinaryArrays(32);
  const first = arrays.write("bigint", [1], self);
  const before = first.toString("hex");
  arrays.write("text", ["x".repeat(10_000)], self);
  expect(first.toString("hex")).toBe(before);
});

test("the buffer is used again after a reset", () => {
  const arrays = new BinaryArrays(4_096);
  const first = arrays.write("bigint", [1], self);
  arrays.reset();
  expect(arrays.write("bigint", [2], self).buffer).toBe(first.buffer);
});

test("a value that the type cannot hold is refused", () => {
  const arrays = new BinaryArrays();
  expect(() => arrays.write("bigint", [2 ** 53], self)).toThrow(TypeError);
  expect(() => arrays.write("bigint", [0.5], self)).toThrow(TypeError);
  expect(() => arrays.write("text", [1], self)).toThrow(/number cannot be written as text/);
  expect(() => arrays.write("float8", ["1"], self)).toThrow(TypeError);
});
