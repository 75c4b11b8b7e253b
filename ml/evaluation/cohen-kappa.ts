export type Kappa = {
  readonly kappa: number | null;
  readonly kappaLinear: number | null;
  readonly kappaQuadratic: number | null;
  readonly agreement: number | null;
};

/**
 * Cohen's kappa of two raters over the same items: agreement beyond what their habits alone would give. Plain, with
 * linear and with quadratic weights, a disagreement weighing by the distance of the categories in `order`. Null when
 * chance alone explains everything (both constant and equal) or there is no item. O(items + categories²).
 * @throws RangeError when lengths differ or a rating is not among `order`.
 */
export function cohenKappa(
  first: readonly string[],
  second: readonly string[],
  order: readonly string[],
): Kappa {
  if (first.length !== second.length) throw new RangeError("both raters must rate the same items");
  const places = new Map(order.map((category, i) => [category, i]));
  const table = order.map(() => order.map(() => 0));
  first.forEach((rating, item) => {
    const row = table[placeOf(places, rating)] ?? [];
    const column = placeOf(places, second[item] ?? "");
    row[column] = (row[column] ?? 0) + 1;
  });
  return {
    kappa: weightedKappa(table, (i, j) => (i === j ? 0 : 1)),
    kappaLinear: weightedKappa(table, (i, j) => Math.abs(i - j)),
    kappaQuadratic: weightedKappa(table, (i, j) => (i - j) ** 2),
    agreement:
      first.length === 0 ? null : first.filter((rating, i) => rating === second[i]).length / first.length,
  };
}

function placeOf(places: ReadonlyMap<string, number>, rating: string): number {
  const place = places.get(rating);
  if (place === undefined) throw new RangeError(`"${rating}" is not one of the categories`);
  return place;
}

/** 1 - observed over expected disagreement, from the table of counts. */
function weightedKappa(
  table: readonly (readonly number[])[],
  weight: (i: number, j: number) => number,
): number | null {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  let observed = 0;
  let expected = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      observed += weight(i, j) * count;
      expected += (weight(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0)) / total;
    });
  });
  return total === 0 || expected === 0 ? null : 1 - observed / expected;
}
