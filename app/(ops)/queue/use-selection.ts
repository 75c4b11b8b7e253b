"use client";
import { useState } from "react";

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** everything that the filter matches, loaded or not */
  readonly isAll: boolean;
};

const none: Selection = { ids: new Set(), isAll: false };

/** Which rows are selected, by case; another list begins with none. `ids` are the rows in their order. */
export function useSelection(listKey: string, ids: readonly string[]) {
  const [kept, setKept] = useState({ listKey, selection: none });
  const [anchor, setAnchor] = useState<string | null>(null);
  const selection = kept.listKey === listKey ? kept.selection : none;
  const select = (wanted: ReadonlySet<string>): void =>
    setKept({ listKey, selection: { ids: wanted, isAll: false } });

  return {
    selection,
    toggle: (id: string): void => {
      const next = new Set(selection.ids);
      if (!next.delete(id)) next.add(id);
      setAnchor(id);
      select(next);
    },
    /** everything from the row that was selected last to this one */
    extendTo: (id: string): void => select(new Set([...selection.ids, ...between(ids, anchor ?? id, id)])),
    selectAll: (): void => setKept({ listKey, selection: { ids: new Set(), isAll: true } }),
    clear: (): void => setKept({ listKey, selection: none }),
  };
}

/** The ids from one to the other, in either direction, both included; the second alone when the first is gone. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (a === -1 || b === -1) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
