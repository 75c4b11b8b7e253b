import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** Rows of one side of a bench set: features row-major, NaN where missing. */
export type Slice = { readonly rows: number; readonly features: Float64Array; readonly labels: Uint8Array };

export type BenchSet = {
  readonly name: string;
  readonly width: number;
  readonly train: Slice;
  readonly test: Slice;
};

const HEADER_BYTES = 16;

/** Writes a set as both sides read it: width, train rows, test rows, 0 (uint32), features (float64), labels (uint8). */
export function writeBenchSet(file: string, { width, train, test }: BenchSet): void {
  const descriptor = openSync(file, "w");
  const header = Uint32Array.of(width, train.rows, test.rows, 0);
  for (const part of [header, train.features, test.features, train.labels, test.labels]) {
    writeSync(descriptor, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  closeSync(descriptor);
}

/** Inverse of `writeBenchSet`, but for the name. */
export function readBenchSet(file: string): Omit<BenchSet, "name"> {
  const { buffer, byteOffset } = readFileSync(file);
  const [width = 0, trainRows = 0, testRows = 0] = new Uint32Array(buffer, byteOffset, 4);
  const testAt = byteOffset + HEADER_BYTES + 8 * width * trainRows;
  const labelsAt = testAt + 8 * width * testRows;
  return {
    width,
    train: {
      rows: trainRows,
      features: new Float64Array(buffer, byteOffset + HEADER_BYTES, width * trainRows),
      labels: new Uint8Array(buffer, labelsAt, trainRows),
    },
    test: {
      rows: testRows,
      features: new Float64Array(buffer, testAt, width * testRows),
      labels: new Uint8Array(buffer, labelsAt + trainRows, testRows),
    },
  };
}
