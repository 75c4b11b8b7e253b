import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitForest } from "./fit-forest.ts";
import { forestFromBytes, forestToBytes } from "./forest-binary.ts";
import { joinTrees } from "./nodes.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { noisyRows, noRows } from "./testing/training-rows.ts";

const { forest } = await fitForest({
  training: noisyRows(1000, 1),
  validation: noRows(4),
  options: { ...gradientBoostingDefaults, rounds: 5, minChildHessian: 0.5 },
  seed: 1,
  signal: null,
  onRound: () => {},
});
const bytes = forestToBytes(forest);

test("a forest survives its bytes bit for bit, at any place in a larger buffer", () => {
  expect(forestFromBytes(bytes)).toEqual(forest);
  const inside = new Uint8Array(bytes.length + 3);
  inside.set(bytes, 3);
  expect(forestFromBytes(inside.subarray(3))).toEqual(forest);
  const empty = joinTrees({ width: 3, base: -4.5 }, []);
  expect(forestFromBytes(forestToBytes(empty))).toEqual(empty);
});

test("whichever byte is off, the forest is refused", () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const damaged = bytes.map((byte, at) => (at === place ? byte ^ change : byte));
      expect(() => forestFromBytes(damaged)).toThrow(RangeError);
    }),
    { numRuns: 300 },
  );
});

test("a file that is too short or too long is refused", () => {
  for (const length of [0, 8, 47, 48, 60, bytes.length - 1]) {
    expect(() => forestFromBytes(bytes.subarray(0, length))).toThrow(RangeError);
  }
  expect(() => forestFromBytes(Uint8Array.from([...bytes, 0]))).toThrow("cut short");
});

test("another version is refused by its number", () => {
  const newer = bytes.slice();
  newer[8] = 2;
  expect(() => forestFromBytes(newer)).toThrow("version 2");
});

test("a right hash does not save a forest whose lengths or nodes are wrong", () => {
  const rehashed = (change: (view: DataView) => void): Uint8Array => {
    const copy = bytes.slice();
    change(new DataView(copy.buffer, 48));
    copy.set(createHash("sha256").update(copy.subarray(0, 16)).update(copy.subarray(48)).digest(), 16);
    return copy;
  };
  expect(forestFromBytes(rehashed(() => {}))).toEqual(forest);
  expect(() => forestFromBytes(rehashed((body) => body.setUint32(4, 6, true)))).toThrow("do not add up");
  const firstLeft = 24 + 8 * 4 + 8 * forest.nodes.value.length + 4 * forest.roots.length;
  expect(() => forestFromBytes(rehashed((body) => body.setUint32(firstLeft, 0, true)))).toThrow(
    "node 0 is damaged",
  );
});
