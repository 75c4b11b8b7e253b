type Row = { readonly id: string };

/**
 * The rows of a list's head, asked for again, that came after the list was loaded. Where more of the list is still to
 * be loaded, rows behind the last known one are only the next ones, not new ones. A head without any known row is all new.
 */
export function newRows<R extends Row>(head: readonly R[], loaded: readonly Row[], hasMore: boolean): R[] {
  const known = new Set(loaded.map((row) => row.id));
  const lastKnown = head.findLastIndex((row) => known.has(row.id));
  if (lastKnown === -1) return [...head];
  return head.filter((row, place) => !known.has(row.id) && (!hasMore || place < lastKnown));
}
