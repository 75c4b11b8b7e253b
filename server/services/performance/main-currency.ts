import type { ScoreGroup } from "./load-groups.ts";

/** Currencies of the window, the one with the most payments first. */
export function currenciesOf(groups: readonly ScoreGroup[]): string[] {
  const rows = new Map<string, number>();
  for (const group of groups) rows.set(group.currency, (rows.get(group.currency) ?? 0) + group.rows);
  return [...rows].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1)).map(([code]) => code);
}
