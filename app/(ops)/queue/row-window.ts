/** Rows beside those in view that are in the page too, so that scrolling finds them there. */
const OVERSCAN = 10;

/** All in pixels: where the first row begins on the page, how high each is, and what of the page is in view. */
export type RowPlaces = {
  readonly top: number;
  readonly rowPx: number;
  readonly scrollY: number;
  readonly height: number;
};

/** The first row to be in the page, and the one behind the last. */
export function rowsInPage(places: RowPlaces, count: number): { first: number; end: number } {
  const { top, rowPx, scrollY, height } = places;
  const at = (y: number): number => (y - top) / rowPx;
  const first = Math.floor(at(scrollY)) - OVERSCAN;
  const end = Math.ceil(at(scrollY + height)) + OVERSCAN;
  return { first: Math.min(Math.max(0, first), count), end: Math.min(Math.max(0, end), count) };
}

/** How far to scroll so that a row stands clear of what covers the upper and lower edge; null when it does already. */
export function scrollToRow(
  { top, rowPx, scrollY, height }: RowPlaces,
  index: number,
  covered: { readonly above: number; readonly below: number },
): number | null {
  const start = top + index * rowPx;
  if (start < scrollY + covered.above) return Math.max(0, start - covered.above);
  const end = start + rowPx + covered.below;
  return end > scrollY + height ? end - height : null;
}
