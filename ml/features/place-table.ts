import { SlotRows } from "./slot-rows.ts";

/** The latest known place of each slot: latitude, longitude and the time of the payment there. */
export class PlaceTable {
  readonly #rows: SlotRows;
  readonly #column: number;

  constructor(rows: SlotRows = new SlotRows()) {
    this.#rows = rows;
    this.#column = rows.reserve(3);
  }

  /** Writes latitude, longitude and time; NaN where no place is known. */
  read(slot: number, out: Float64Array, at: number): void {
    const from = slot * this.#rows.width + this.#column;
    for (let i = 0; i < 3; i++) out[at + i] = this.#rows.data[from + i] as number;
  }

  /** Keeps the place unless a later payment's place is known; equal times go by arrival. */
  set(slot: number, latitude: number, longitude: number, atMs: number): void {
    const at = slot * this.#rows.width + this.#column;
    if ((this.#rows.data[at + 2] as number) > atMs) return;
    this.#rows.data[at] = latitude;
    this.#rows.data[at + 1] = longitude;
    this.#rows.data[at + 2] = atMs;
  }

  /** Also how a new slot begins: without a place. */
  clear(slot: number): void {
    const at = slot * this.#rows.width + this.#column;
    this.#rows.data.fill(Number.NaN, at, at + 3);
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
