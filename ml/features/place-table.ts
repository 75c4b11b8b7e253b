/** The latest known place of each slot: latitude, longitude and the time of the payment there. */
export class PlaceTable {
  #cells = new Float64Array(3 * 16).fill(Number.NaN);

  ensure(slots: number): void {
    if (slots * 3 <= this.#cells.length) return;
    const larger = new Float64Array(3 * Math.max(slots, Math.ceil((this.#cells.length / 3) * 1.6))).fill(
      Number.NaN,
    );
    larger.set(this.#cells);
    this.#cells = larger;
  }

  /** Writes latitude, longitude and time; NaN where no place is known. */
  read(slot: number, out: Float64Array, at: number): void {
    for (let i = 0; i < 3; i++) out[at + i] = this.#cells[slot * 3 + i] as number;
  }

  /** Keeps the place unless a later payment's place is known; equal times go by arrival. */
  set(slot: number, latitude: number, longitude: number, atMs: number): void {
    if ((this.#cells[slot * 3 + 2] as number) > atMs) return;
    this.#cells[slot * 3] = latitude;
    this.#cells[slot * 3 + 1] = longitude;
    this.#cells[slot * 3 + 2] = atMs;
  }

  clear(slot: number): void {
    this.#cells.fill(Number.NaN, slot * 3, slot * 3 + 3);
  }

  capture(slot: number): Float64Array {
    return this.#cells.slice(slot * 3, slot * 3 + 3);
  }

  restore(slot: number, saved: Float64Array): void {
    this.#cells.set(saved, slot * 3);
  }

  toState(): Float64Array {
    return this.#cells;
  }

  fromState(state: Float64Array): void {
    this.#cells = state.slice();
  }
}

const EARTH_RADIUS_KM = 6371.0088; // mean radius (IUGG)

/** Great-circle distance in km by the haversine formula; degrees in, NaN when any is NaN. */
export function haversineKm(
  fromLatitude: number,
  fromLongitude: number,
  latitude: number,
  longitude: number,
): number {
  const radians = Math.PI / 180;
  const sinLatitude = Math.sin(((latitude - fromLatitude) * radians) / 2);
  const sinLongitude = Math.sin(((longitude - fromLongitude) * radians) / 2);
  const chord =
    sinLatitude * sinLatitude +
    Math.cos(fromLatitude * radians) * Math.cos(latitude * radians) * sinLongitude * sinLongitude;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
