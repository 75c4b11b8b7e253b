/** The list with one of its things a place further up (-1) or down (1); as it is where there is no such place. */
export function moved(ids: readonly string[], id: string, step: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const neighbour = ids[at + step];
  if (at === -1 || neighbour === undefined) return [...ids];
  return ids.map((each) => (each === id ? neighbour : each === neighbour ? id : each));
}
