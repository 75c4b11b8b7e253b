import { type EncodedColumn, type Transform, transformed, transforms } from "./encoding-column.ts";
import { type FeatureKind, periodOf } from "./feature-kind.ts";

export type EncodingOptions = {
  /** Pieces per continuous feature, between quantiles of the training slice; 0 for none. */
  readonly pieces: number;
};

const SAMPLE_ROWS = 20_000;
/** Keeps a rarely active 0..1 column inside the clip, so that its whole ramp still counts. */
const LEAST_BOUNDED_SCALE = 0.125;

type Draft = Omit<EncodedColumn, "center" | "scale">;

/** The columns of an encoding, constant ones left out. See `fitEncoder`. */
export function fitColumns(
  features: Float64Array,
  rows: number,
  kinds: readonly FeatureKind[],
  options: EncodingOptions,
): EncodedColumn[] {
  const columns: EncodedColumn[] = [];
  for (const [source, kind] of kinds.entries()) {
    const sorted = sortedSample(features, rows, kinds.length, source);
    for (const draft of draftColumns(source, kind, sorted, options)) {
      const column = standardise(draft, features, rows, kinds.length);
      if (column) columns.push(column);
    }
  }
  return columns;
}

function draftColumns(
  source: number,
  kind: FeatureKind,
  sorted: Float64Array,
  { pieces }: EncodingOptions,
): Draft[] {
  const fill = sorted[sorted.length >> 1] ?? 0;
  const column = (transform: Transform, from = 0, to = 1): Draft => ({ source, transform, fill, from, to });
  const missing = column("missing");
  if (kind === "hour" || kind === "weekday") {
    return [column("sine", 0, periodOf[kind]), column("cosine", 0, periodOf[kind]), missing];
  }
  if (kind === "flag") return [column("flat"), missing];
  const ramps = cuts(sorted, pieces).map(([from, to]) => column("piece", from, to));
  return [column(kind === "scale" ? "log" : "flat"), ...ramps, missing];
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
function sortedSample(features: Float64Array, rows: number, width: number, source: number): Float64Array {
  const step = Math.max(1, rows / SAMPLE_ROWS);
  const values: number[] = [];
  for (let at = 0; at < rows; at += step) {
    const value = features[Math.floor(at) * width + source] as number;
    if (Number.isFinite(value)) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/** Mean and population deviation of the column over every training row; null where it never varies. */
function standardise(
  draft: Draft,
  features: Float64Array,
  rows: number,
  sourceWidth: number,
): EncodedColumn | null {
  const code = transforms.indexOf(draft.transform);
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const raw = features[row * sourceWidth + draft.source] as number;
    const value = Number.isNaN(raw) && draft.transform !== "missing" ? draft.fill : raw;
    const t = transformed(code, value, draft.from, draft.to);
    if (!Number.isFinite(t)) continue;
    count++;
    const delta = t - mean;
    mean += delta / count;
    squares += delta * (t - mean);
  }
  const deviation = Math.sqrt(squares / Math.max(1, count));
  if (!(deviation > 1e-12)) return null;
  const bounded = draft.transform === "piece" || draft.transform === "missing";
  return { ...draft, center: mean, scale: bounded ? Math.max(deviation, LEAST_BOUNDED_SCALE) : deviation };
}
