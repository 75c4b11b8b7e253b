import { breathe } from "./cooperation.ts";
import {
  type EncodedColumn,
  isOther,
  MISSING,
  OTHER_CATEGORY,
  transformed,
  transforms,
} from "./encoding-column.ts";
import { type EncodingOptions, fitColumns, type SourceRows } from "./encoding-fit.ts";
import type { FeatureKind } from "./feature-kind.ts";

export type EncodingJson = {
  readonly version: 1;
  readonly sourceWidth: number;
  readonly columns: readonly EncodedColumn[];
};

export interface Encoder {
  readonly sourceWidth: number;
  readonly width: number;
  /** Source feature of each column. */
  readonly sources: Int32Array;
  /** Writes the `width` inputs of the row at `features[at..]` into `out[outAt..]`; allocates nothing. */
  encodeRow(features: Float64Array, at: number, out: Float64Array, outAt: number): void;
  /**
   * A row-major float32 matrix of the encoded rows, for training: in shared memory, so that threads read it without
   * a copy, and a few thousand rows at a time, so that the caller's event loop turns.
   * @throws the signal's reason when aborted.
   */
  encodeMatrix(slice: SourceRows, signal: AbortSignal | null): Promise<Float32Array>;
  toJSON(): EncodingJson;
}

/** Standardised inputs beyond this many deviations are clipped, so that one wild value cannot rule a sum. */
const CLIP = 8;

const ROWS_PER_BREATH = 8192;

/**
 * Fits the inputs of a model on the training slice: log1p of numbers (odd extension below 0), beside the number as it
 * is where it does not span orders of magnitude, sine and cosine of cyclic features, a 0..1 ramp per quantile interval
 * (piecewise linear encoding, Gorishniy, Rubachev and Babenko 2022), one column per frequent category and one for all
 * others, a missing flag where the slice has gaps, all standardised. Constant columns vanish. O(rows x columns), sorting a
 * sample of at most 20,000 rows per feature.
 * @throws the signal's reason when aborted.
 */
export async function fitEncoder(
  slice: SourceRows,
  kinds: readonly FeatureKind[],
  options: EncodingOptions & { readonly signal: AbortSignal | null },
): Promise<Encoder> {
  const columns = await fitColumns(slice, kinds, options);
  return loadEncoder({ version: 1, sourceWidth: kinds.length, columns });
}

/**
 * Restores an encoder.
 * @throws RangeError for another version or a column that names no source feature.
 */
export function loadEncoder(json: EncodingJson): Encoder {
  if (json.version !== 1) throw new RangeError(`encoding version ${json.version} is unknown`);
  const { columns, sourceWidth } = json;
  if (columns.some((c) => c.source < 0 || c.source >= sourceWidth || !transforms.includes(c.transform))) {
    throw new RangeError("encoding names a feature or transform that does not exist");
  }
  const width = columns.length;
  const sources = Int32Array.from(columns, (c) => c.source);
  const encodeRow = rowEncoder(columns, sources);
  return {
    sourceWidth,
    width,
    sources,
    encodeRow,
    encodeMatrix: async ({ features, rows }, signal) => {
      const matrix = new Float32Array(new SharedArrayBuffer(4 * rows * width));
      const buffer = new Float64Array(width);
      for (let row = 0; row < rows; row++) {
        if (row % ROWS_PER_BREATH === 0) await breathe(signal);
        encodeRow(features, row * sourceWidth, buffer, 0);
        matrix.set(buffer, row * width);
      }
      return matrix;
    },
    toJSON: () => json,
  };
}

function rowEncoder(columns: readonly EncodedColumn[], sources: Int32Array): Encoder["encodeRow"] {
  const width = columns.length;
  const codes = Uint8Array.from(columns, (c) => transforms.indexOf(c.transform));
  const fill = Float64Array.from(columns, (c) => c.fill);
  const from = Float64Array.from(columns, (c) => c.from);
  const to = Float64Array.from(columns, (c) => c.to);
  const center = Float64Array.from(columns, (c) => c.center);
  const inverse = Float64Array.from(columns, (c) => 1 / c.scale);
  const known = columns.map((c) => new Set(c.known));
  return (features, at, out, outAt) => {
    for (let c = 0; c < width; c++) {
      const raw = features[at + (sources[c] as number)] as number;
      const code = codes[c] as number;
      const value = Number.isNaN(raw) && code < MISSING ? (fill[c] as number) : raw;
      const t =
        code === OTHER_CATEGORY
          ? isOther(known[c] as ReadonlySet<number>, raw)
          : transformed(code, value, from[c] as number, to[c] as number);
      const z = (t - (center[c] as number)) * (inverse[c] as number);
      // An infinite hour has no place on the circle: the column's mean, as for any other value that says nothing.
      out[outAt + c] = z > CLIP ? CLIP : z < -CLIP ? -CLIP : Number.isNaN(z) ? 0 : z;
    }
  };
}
