"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

type ActiveRow = {
  readonly activeId: string | null;
  /** moves by so many rows, from the first when none is active yet, and takes the focus along */
  move: (step: number) => void;
  activate: (id: string) => void;
};

type Options = {
  readonly ids: readonly string[];
  readonly body: RefObject<HTMLElement | null>;
  readonly scrollTo: (index: number) => void;
};

/**
 * Which row the keyboard is on. Rows that come and go with a refresh never move it: it follows its case, and when
 * that case is gone it stays at its place. Focus is only taken back if a refresh took it away.
 */
export function useActiveRow({ ids, body, scrollTo }: Options): ActiveRow {
  const [activeId, setActiveId] = useState<string | null>(null);
  const place = useRef(0);
  const wantsFocus = useRef(false);
  const found = activeId === null ? -1 : ids.indexOf(activeId);
  const current =
    found >= 0 ? activeId : activeId === null ? null : (ids[Math.min(place.current, ids.length - 1)] ?? null);

  useEffect(() => {
    if (found >= 0) place.current = found;
  }, [found]);

  useEffect(() => {
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${current}"]`);
    const lostFocus = document.activeElement === document.body && activeId !== null;
    if (row === null || row === undefined || !(wantsFocus.current || lostFocus)) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  return {
    activeId: current,
    move: (step) => {
      const from = current === null ? -1 : ids.indexOf(current);
      const to = current === null ? 0 : Math.min(Math.max(from + step, 0), ids.length - 1);
      const id = ids[to];
      if (id === undefined) return;
      wantsFocus.current = true;
      place.current = to;
      setActiveId(id);
      scrollTo(to);
    },
    activate: setActiveId,
  };
}
