/** A share's place on an axis of powers of ten, ends under `least` standing on it. */
export function logOfShare(share: number, least: number): number {
  return Math.log10(Math.max(share, least));
}

/** "0.1 %" at a place of the axis. */
export function logShareText(place: number | string): string {
  return `${Number((10 ** Number(place) * 100).toPrecision(2))} %`;
}

/** The whole powers of ten from the axis's least share to 1, as places. */
export function logShareTicks(least: number): number[] {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  return Array.from({ length: 1 - first }, (_, at) => first + at);
}
