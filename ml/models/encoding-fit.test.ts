import fc from "fast-check";
import { expect, test } from "vitest";
import { fitColumns } from "./encoding-fit.ts";
import type { FeatureKind } from "./feature-kind.ts";

const columnsOf = (kind: FeatureKind, values: readonly number[], pieces = 0) =>
  fitColumns({ width: 1, rows: values.length, features: Float64Array.from(values) }, [kind], {
    pieces,
    signal: null,
  });
const transformsOf = async (kind: FeatureKind, values: readonly number[], pieces = 0): Promise<string[]> =>
  (await columnsOf(kind, values, pieces)).map((column) => column.transform);

test("each kind has its own columns, and a missing flag only where something is missing", async () => {
  const values = [0, 1, 2, 3, 5, 8, 13, 21];
  expect(await transformsOf("scale", values)).toEqual(["log"]);
  expect(await transformsOf("plain", values)).toEqual(["flat", "log"]);
  expect(await transformsOf("hour", values)).toEqual(["sine", "cosine"]);
  expect(await transformsOf("weekday", [...values, Number.NaN])).toEqual(["sine", "cosine", "missing"]);
  expect(await transformsOf("flag", [0, 1, Number.NaN])).toEqual(["flat", "missing"]);
  expect(await transformsOf("plain", values, 2)).toEqual(["flat", "log", "piece", "piece"]);
});

test("the period of a cyclic column is that of its kind", async () => {
  expect((await columnsOf("hour", [1, 2, 3])).map((column) => column.to)).toEqual([24, 24]);
  expect((await columnsOf("weekday", [1, 2, 3])).map((column) => column.to)).toEqual([7, 7]);
});

test("a feature of two values needs no pieces and no logarithm, and one with a single value no column", async () => {
  expect(await transformsOf("plain", [0, 1, 0, 1], 4)).toEqual(["flat"]);
  expect(await transformsOf("plain", [3, 3, 3], 4)).toEqual([]);
});

test("pieces join end to end from the least to the greatest value", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 200 }),
      fc.integer({ min: 2, max: 8 }),
      async (values, pieces) => {
        const columns = await columnsOf("plain", values, pieces);
        const ramps = columns.filter((column) => column.transform === "piece");
        if (ramps.length === 0) return;
        expect(ramps.length).toBeLessThanOrEqual(pieces);
        expect(ramps[0]?.from).toBe(Math.min(...values));
        expect(ramps.at(-1)?.to).toBe(Math.max(...values));
        for (const [i, ramp] of ramps.entries()) {
          expect(ramp.to).toBeGreaterThan(ramp.from);
          if (i > 0) expect(ramp.from).toBe(ramps[i - 1]?.to);
        }
      },
    ),
  );
});

test("infinite values count in no mean, and a rare flag is scaled so that it is not clipped", async () => {
  const [column] = await columnsOf("plain", [1, 3, Number.POSITIVE_INFINITY]);
  expect([column?.center, column?.scale]).toEqual([2, 1]);
  const rare = Array.from({ length: 10_000 }, (_, i) => (i === 0 ? Number.NaN : i));
  const flag = (await columnsOf("plain", rare)).find((c) => c.transform === "missing");
  expect(flag?.scale).toBe(0.125);
});

test("columns name the source feature they came from", async () => {
  const slice = { width: 2, rows: 3, features: Float64Array.of(1, 0, 2, 1, 3, 0) };
  const columns = await fitColumns(slice, ["scale", "flag"], { pieces: 0, signal: null });
  expect(columns.map((column) => column.source)).toEqual([0, 1]);
});

const repeated = (code: number, times: number): number[] => new Array<number>(times).fill(code);

test("each frequent category has a column of its own, all others one together, gaps a flag", async () => {
  const values = [...repeated(7, 30), ...repeated(3, 20), ...repeated(9, 19), ...repeated(Number.NaN, 2)];
  const columns = await columnsOf("category", values, 4);
  expect(columns.map((column) => [column.transform, column.from])).toEqual([
    ["category", 7],
    ["category", 3],
    ["other_category", 0],
    ["missing", 0],
  ]);
  expect(columns[2]?.known).toEqual([7, 3]);
  expect(columns[2]?.center).toBeCloseTo(19 / 71, 12); // neither the known nor the missing rows
});

test("a rare category is scaled so that it is not clipped, and a single one says nothing", async () => {
  const [, rare] = await columnsOf("category", [...repeated(1, 100_000), ...repeated(2, 20)]);
  expect(rare).toMatchObject({ transform: "category", from: 2, scale: 0.125 });
  expect(await columnsOf("category", repeated(5, 50))).toEqual([]);
});

test("an aborted fit of an encoding rejects with the reason", async () => {
  const slice = { width: 1, rows: 2, features: Float64Array.of(1, 2) };
  const signal = AbortSignal.abort(new Error("stop"));
  await expect(fitColumns(slice, ["plain"], { pieces: 0, signal })).rejects.toThrow("stop");
});
