import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type Encoder, fitEncoder, loadEncoder } from "./encoding.ts";
import type { FeatureKind } from "./feature-kind.ts";

const column = (kind: FeatureKind, values: readonly number[], pieces = 0) =>
  fitEncoder({ width: 1, rows: values.length, features: Float64Array.from(values) }, [kind], {
    pieces,
    signal: null,
  });

function encoded(encoder: Encoder, row: readonly number[]): number[] {
  const out = new Float64Array(encoder.width);
  encoder.encodeRow(Float64Array.from(row), 0, out, 0);
  return [...out];
}

test("an amount is standardised on the log scale of the training slice", async () => {
  const encoder = await column("scale", [0, Math.E - 1]); // log1p: 0 and 1, mean 0.5, population deviation 0.5
  expect(encoded(encoder, [0])).toEqual([-1]);
  expect(encoded(encoder, [Math.E - 1])[0]).toBeCloseTo(1, 12);
  expect(encoded(encoder, [1 - Math.E])[0]).toBeCloseTo(-3, 12); // odd below zero
});

test("an hour becomes a point on the circle, so that 24 is 0", async () => {
  const encoder = await column("hour", [0, 6, 12, 18]);
  expect(encoder.width).toBe(2);
  const midnight = encoded(encoder, [0]);
  for (const [i, value] of encoded(encoder, [24]).entries())
    expect(value).toBeCloseTo(midnight[i] ?? Number.NaN, 12);
  expect(encoded(encoder, [6])[0]).toBeCloseTo(Math.SQRT2, 12); // sine 1 over deviation sqrt(1/2)
});

test("a missing value takes the training median and raises its flag", async () => {
  const encoder = await column("plain", [1, 2, 9, Number.NaN]);
  const [value, , flag] = encoded(encoder, [Number.NaN]);
  expect(value).toBe(encoded(encoder, [2])[0]);
  expect(flag).toBeCloseTo((1 - 0.25) / Math.sqrt(0.25 * 0.75), 12);
  expect(encoded(encoder, [2])[2]).toBeCloseTo(-0.25 / Math.sqrt(0.25 * 0.75), 12);
});

test("a feature without gaps in training has no flag, and a constant one has no column", async () => {
  expect((await column("plain", [1, 2, 3])).width).toBe(2);
  expect((await column("plain", [4, 4, 4])).width).toBe(0);
  expect((await column("flag", [0, 1, 1])).width).toBe(1);
});

test("pieces hold about as many rows each, and a heavy value takes one alone", async () => {
  const zeros = new Array<number>(80).fill(0);
  const tail = Array.from({ length: 20 }, (_, i) => i + 1);
  const { columns } = (await column("plain", [...zeros, ...tail], 4)).toJSON();
  const ramps = columns.filter((c) => c.transform === "piece");
  expect(ramps.map((c) => [c.from, c.to])).toEqual([
    [0, 1],
    [1, 8],
    [8, 15],
    [15, 20],
  ]);
});

test("wild values are clipped, infinite ones too, and nothing is ever NaN", async () => {
  const encoder = await column("plain", [0, 1, 2, Number.NaN], 3);
  for (const wild of [1e300, Number.POSITIVE_INFINITY]) expect(encoded(encoder, [wild])[0]).toBe(8);
  expect(encoded(encoder, [Number.NEGATIVE_INFINITY])[0]).toBe(-8);
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(encoded(encoder, [value]).some(Number.isNaN)).toBe(false);
    }),
  );
});

test("every column of the training slice has mean 0 and deviation at most 1", async () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => ((i * 7919) % 97) ** 2 / 10);
  const slice = { width: 2, rows: 250, features: values };
  const encoder = await fitEncoder(slice, ["scale", "plain"], { pieces: 5, signal: null });
  const matrix = await encoder.encodeMatrix(slice, null);
  for (let c = 0; c < encoder.width; c++) {
    const column = Array.from({ length: 250 }, (_, row) => matrix[row * encoder.width + c] ?? Number.NaN);
    const mean = column.reduce((sum, v) => sum + v, 0) / 250;
    expect(mean).toBeCloseTo(0, 5);
    expect(column.reduce((sum, v) => sum + v * v, 0) / 250).toBeLessThan(1.0001);
  }
});

test("a restored encoder gives the same bits, and a broken one is refused", async () => {
  const encoder = await column("scale", [3, 1, 4, 1, 5, 9, 2, 6], 3);
  const restored = loadEncoder(JSON.parse(JSON.stringify(encoder.toJSON())));
  expect(encoded(restored, [5.5])).toEqual(encoded(encoder, [5.5]));
  const json = encoder.toJSON();
  expect(() => loadEncoder({ ...json, sourceWidth: 0 })).toThrow(RangeError);
  expect(() => loadEncoder(JSON.parse(JSON.stringify({ ...json, version: 2 })))).toThrow("version 2");
});

test("an empty slice gives no columns", async () => {
  expect((await column("plain", [])).width).toBe(0);
});

test("a category is encoded by equality alone; an unseen one is another, a missing one neither", async () => {
  const codes = [...new Array<number>(30).fill(7), ...new Array<number>(30).fill(70), 1, 2, 3, Number.NaN];
  const encoder = await column("category", codes, 4);
  const raw = (value: number): number[] => {
    const { columns } = encoder.toJSON();
    return encoded(encoder, [value]).map((z, c) =>
      Math.abs(Math.round(z * (columns[c]?.scale ?? 0) + (columns[c]?.center ?? 0))),
    );
  };
  expect(raw(7)).toEqual([1, 0, 0, 0]);
  expect(raw(70)).toEqual([0, 1, 0, 0]);
  for (const other of [1, 69, 4_294_967_295, 0]) expect(raw(other)).toEqual([0, 0, 1, 0]);
  expect(raw(Number.NaN)).toEqual([0, 0, 0, 1]);
  const restored = loadEncoder(JSON.parse(JSON.stringify(encoder.toJSON())));
  for (const value of [7, 1, Number.NaN]) {
    expect(encoded(restored, [value])).toEqual(encoded(encoder, [value]));
  }
});

test("a matrix holds every row's own encoding in shared memory, and can be aborted", async () => {
  const features = Float64Array.from({ length: 9000 }, (_, row) => row % 13);
  const slice = { width: 1, rows: 9000, features };
  const encoder = await fitEncoder(slice, ["scale"], { pieces: 3, signal: null });
  const matrix = await encoder.encodeMatrix(slice, null);
  expect(matrix.buffer).toBeInstanceOf(SharedArrayBuffer);
  for (const row of [0, 5, 8191, 8192, 8999]) {
    const at = row * encoder.width;
    const expected = Float32Array.from(encoded(encoder, [features[row] ?? Number.NaN]));
    expect(matrix.slice(at, at + encoder.width)).toEqual(expected);
  }
  const aborted = AbortSignal.abort(new Error("stop"));
  await expect(encoder.encodeMatrix(slice, aborted)).rejects.toThrow("stop");
});

const kinds = ["scale", "plain", "flag", "hour", "weekday", "category"] as const;
const mixedRows = 120;
const mixed = Float64Array.from({ length: mixedRows * kinds.length }, (_, i) => {
  const row = Math.floor(i / kinds.length);
  const value =
    [row * row, ((row * 37) % 101) - 50, row % 2, row % 24, row % 7, row % 3][i % kinds.length] ?? 0;
  return (row + i) % 17 === 0 ? Number.NaN : value;
});
const mixedSlice = { width: kinds.length, rows: mixedRows, features: mixed };
const mixedEncoder = await fitEncoder(mixedSlice, kinds, { pieces: 3, signal: null });
const anyRow = fc.array(fc.double(), { minLength: kinds.length, maxLength: kinds.length });

test("whatever a row of mixed kinds holds, its inputs are finite, inside the clip and the same after JSON", () => {
  const restored = loadEncoder(JSON.parse(JSON.stringify(mixedEncoder.toJSON())));
  fc.assert(
    fc.property(anyRow, (row) => {
      const inputs = encoded(mixedEncoder, row);
      expect(inputs.every((value) => Math.abs(value) <= 8)).toBe(true);
      expect(encoded(restored, row)).toEqual(inputs);
    }),
  );
});

test("an input depends on its own source feature alone", () => {
  fc.assert(
    fc.property(anyRow, anyRow, fc.nat(kinds.length - 1), (row, other, source) => {
      const changed = row.map((value, i) => (i === source ? (other[i] ?? value) : value));
      const [before, after] = [encoded(mixedEncoder, row), encoded(mixedEncoder, changed)];
      for (const [c, value] of after.entries()) {
        if (mixedEncoder.sources[c] !== source) expect(value).toBe(before[c]);
      }
    }),
  );
  expect(new Set(mixedEncoder.sources)).toEqual(new Set(kinds.keys()));
});

test("a row is read and written where it is told, and nowhere else", () => {
  const { width, sourceWidth } = mixedEncoder;
  const out = new Float64Array(3 * width).fill(99);
  mixedEncoder.encodeRow(mixed, 5 * sourceWidth, out, width);
  expect([...out.subarray(width, 2 * width)]).toEqual(
    encoded(mixedEncoder, [...mixed.subarray(5 * sourceWidth, 6 * sourceWidth)]),
  );
  for (const untouched of [...out.subarray(0, width), ...out.subarray(2 * width)]) expect(untouched).toBe(99);
});

test("a slice of more rows than settle a mean is standardised by rows evenly spaced over it", async () => {
  const rng = createRng("many rows");
  const rows = 600_000;
  const encoder = await column(
    "plain",
    Array.from({ length: rows }, (_, row) => row / rows + rng.normal()),
  );
  const deviation = Math.sqrt(1 + 1 / 12);
  expect(encoded(encoder, [0.5])[0]).toBeCloseTo(0, 1);
  expect(encoded(encoder, [0.5 + deviation])[0]).toBeCloseTo(1, 1);
});
