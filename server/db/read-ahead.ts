/**
 * Pages of rows one after another; the next is read while one is worked on. `fetch` is given the last row before its
 * page, null for the first, and a page shorter than `size` is the last.
 * @throws what `fetch` throws, when its page is due.
 */
export async function* readAhead<Row>(
  size: number,
  fetch: (after: Row | null) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  let rows = await fetch(null);
  while (rows.length > 0) {
    const next = rows.length < size ? Promise.resolve([]) : fetch(rows.at(-1) ?? null);
    next.catch(() => {}); // awaited below; until then a failure must not count as unhandled
    yield rows;
    rows = await next;
  }
}
