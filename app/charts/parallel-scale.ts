/** An axis of a parallel-coordinates chart: numbers evenly or by their logarithm, or categories in the order given. */
export type ParallelAxis = { readonly key: string; readonly label: string } & (
  | { readonly kind: "number" | "log"; readonly format: (value: number) => string }
  | { readonly kind: "category"; readonly categories: readonly string[] }
);

export type ParallelValue = number | string | null;

/** Where a value stands on its axis, 0 at the foot and 1 at the top; null when it has none. */
export type ParallelScale = {
  readonly at: (value: ParallelValue) => number | null;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
};

/** The scale of an axis over the values that lie on it. Equal values all stand in the middle. */
export function parallelScale(axis: ParallelAxis, values: readonly ParallelValue[]): ParallelScale {
  if (axis.kind === "category") return categoryScale(axis.categories);
  const known = values.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  const isLog = axis.kind === "log" && known.every((value) => value > 0);
  const [to, from] = isLog ? [Math.log, Math.exp] : [(x: number): number => x, (x: number): number => x];
  if (known.length === 0) return { at: () => null, ticks: [] };
  const [low, high] = [to(Math.min(...known)), to(Math.max(...known))];
  const isFlat = high - low < 1e-12;
  const shares = isFlat ? [0.5] : [0, 0.5, 1];
  return {
    at: (value) => (typeof value !== "number" ? null : isFlat ? 0.5 : (to(value) - low) / (high - low)),
    ticks: shares.map((share) => ({
      at: share,
      label: axis.format(from(low + (high - low) * (isFlat ? 0 : share))),
    })),
  };
}

function categoryScale(categories: readonly string[]): ParallelScale {
  const placeOf = (index: number): number =>
    categories.length === 1 ? 0.5 : 1 - index / Math.max(1, categories.length - 1);
  return {
    at: (value) => {
      const index = categories.indexOf(String(value));
      return value === null || index === -1 ? null : placeOf(index);
    },
    ticks: categories.map((label, index) => ({ at: placeOf(index), label })),
  };
}
