import { breathe } from "./cooperation.ts";
import { frequentCategories } from "./encoding-category.ts";
import {
  type EncodedColumn,
  isOther,
  MISSING,
  OTHER_CATEGORY,
  type Transform,
  transformed,
  transforms,
} from "./encoding-column.ts";
import { type FeatureKind, periodOf } from "./feature-kind.ts";
import type { TrainingRows } from "./model.ts";

export type EncodingOptions = {
  /** Pieces per continuous feature, between quantiles of the training slice; 0 for none. */
  readonly pieces: number;
};

const SAMPLE_ROWS = 20_000;
/** Mean and deviation settle long before; more rows only cost time. */
const STANDARDISED_ROWS = 250_000;
/** Keeps a rarely active 0..1 column inside the clip, so that its whole ramp still counts. */
const LEAST_BOUNDED_SCALE = 0.125;

/** Rows of source features, row-major, NaN where missing. */
export type SourceRows = Pick<TrainingRows, "width" | "rows" | "features">;

type Draft = Omit<EncodedColumn, "center" | "scale">;

/**
 * The columns of an encoding, constant ones left out. See `fitEncoder`.
 * @throws the signal's reason when aborted.
 */
export async function fitColumns(
  slice: SourceRows,
  kinds: readonly FeatureKind[],
  { pieces, signal }: EncodingOptions & { readonly signal: AbortSignal | null },
): Promise<EncodedColumn[]> {
  const columns: EncodedColumn[] = [];
  for (const [source, kind] of kinds.entries()) {
    const drafts =
      kind === "category"
        ? categoryColumns(source, frequentCategories(valuesOf(slice, source)))
        : numberColumns(source, kind, cutsOf(slice, source, pieces));
    for (const draft of drafts) {
      const column = standardise(draft, slice);
      if (column) columns.push(column);
    }
    await breathe(signal);
  }
  return columns;
}

/** One column per frequent code, one for all others. A missing category is neither. */
function categoryColumns(source: number, codes: readonly number[]): Draft[] {
  const flag = { source, fill: 0, from: 0, to: 1 };
  return [
    ...codes.map((from): Draft => ({ ...flag, transform: "category", from })),
    { ...flag, transform: "other_category", known: codes },
    { ...flag, transform: "missing" },
  ];
}

function numberColumns(
  source: number,
  kind: Exclude<FeatureKind, "category">,
  { fill, isBinary, ramps }: Cuts,
): Draft[] {
  const column = (transform: Transform, from = 0, to = 1): Draft => ({ source, transform, fill, from, to });
  const missing = column("missing");
  if (kind === "hour" || kind === "weekday") {
    return [column("sine", 0, periodOf[kind]), column("cosine", 0, periodOf[kind]), missing];
  }
  if (kind === "flag") return [column("flat"), missing];
  const pieces = ramps.map(([from, to]) => column("piece", from, to));
  const flat = kind === "plain" ? [column("flat")] : [];
  // Of two values the logarithm says what the number says.
  const log = kind === "scale" || !isBinary ? [column("log")] : [];
  return [...flat, ...log, ...pieces, missing];
}

type Cuts = {
  readonly fill: number; // the median
  readonly isBinary: boolean; // whether there are at most two values
  readonly ramps: readonly (readonly [number, number])[]; // between quantiles
};

function cutsOf(slice: SourceRows, source: number, pieces: number): Cuts {
  const sorted = sortedSample(slice, source);
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  return {
    fill: sorted[sorted.length >> 1] ?? 0,
    isBinary: sorted.every((value) => value === least || value === greatest),
    ramps: cuts(sorted, pieces),
  };
}

/**
 * Neighbouring pairs of cut points, from the least to the greatest value, with about as many rows in each piece.
 * A value that fills a piece alone (the zeros of a fraud rate) takes one, and the rest share what is left.
 */
function cuts(sorted: Float64Array, pieces: number): [number, number][] {
  if (pieces < 2 || sorted.length === 0) return [];
  const points = [sorted[0] as number];
  let left = pieces;
  let start = 0;
  for (let i = 0; i + 1 < sorted.length && left > 1; i++) {
    const next = sorted[i + 1] as number;
    if (next === sorted[i] || i + 1 - start < (sorted.length - start) / left) continue;
    points.push(next);
    start = i + 1;
    left--;
  }
  const last = sorted[sorted.length - 1] as number;
  if (last > (points.at(-1) as number)) points.push(last);
  return points.length < 3 ? [] : points.slice(1).map((to, k) => [points[k] as number, to]);
}

/** Finite values of one feature, ascending, from rows evenly spaced over the slice. */
function sortedSample({ features, rows, width }: SourceRows, source: number): Float64Array {
  const step = Math.max(1, rows / SAMPLE_ROWS);
  const values: number[] = [];
  for (let at = 0; at < rows; at += step) {
    const value = features[Math.floor(at) * width + source] as number;
    if (Number.isFinite(value)) values.push(value);
  }
  return Float64Array.from(values).sort();
}

function* valuesOf({ features, rows, width }: SourceRows, source: number): Generator<number> {
  for (let row = 0; row < rows; row++) yield features[row * width + source] as number;
}

/** Mean and population deviation of the column over rows evenly spaced over the slice; null where it never varies. */
function standardise(draft: Draft, { features, rows, width }: SourceRows): EncodedColumn | null {
  const code = transforms.indexOf(draft.transform);
  const known = new Set(draft.known);
  let count = 0;
  let mean = 0;
  let squares = 0;
  const step = Math.max(1, rows / STANDARDISED_ROWS);
  for (let at = 0; at < rows; at += step) {
    const raw = features[Math.floor(at) * width + draft.source] as number;
    const value = Number.isNaN(raw) && code < MISSING ? draft.fill : raw;
    const t = code === OTHER_CATEGORY ? isOther(known, raw) : transformed(code, value, draft.from, draft.to);
    if (!Number.isFinite(t)) continue;
    count++;
    const delta = t - mean;
    mean += delta / count;
    squares += delta * (t - mean);
  }
  const deviation = Math.sqrt(squares / Math.max(1, count));
  if (!(deviation > 1e-12)) return null;
  const bounded = code === transforms.indexOf("piece") || code >= MISSING;
  return { ...draft, center: mean, scale: bounded ? Math.max(deviation, LEAST_BOUNDED_SCALE) : deviation };
}
