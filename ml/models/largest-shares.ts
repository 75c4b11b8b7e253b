/**
 * Places of the `count` largest values above 0, largest first, the earlier place first among equals; fewer where there
 * are fewer. NaN is above nothing. O(values x count).
 */
export function largestShares(values: Float64Array, count: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    const least = places.length < count ? 0 : valueAt(values, places, count - 1);
    if (!(value > least)) continue;
    let rank = Math.min(places.length, count - 1);
    for (; rank > 0 && value > valueAt(values, places, rank - 1); rank--) {
      places[rank] = places[rank - 1] as number;
    }
    places[rank] = place;
  }
  return places;
}

/** Above everything where there is no such rank. */
function valueAt(values: Float64Array, places: readonly number[], rank: number): number {
  return values[places[rank] ?? -1] ?? Number.POSITIVE_INFINITY;
}
