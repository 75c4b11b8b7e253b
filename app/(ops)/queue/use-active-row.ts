"use client";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

type ActiveRow = {
  readonly activeId: string | null;
  /** moves by so many rows, from the first when none is active yet, takes the focus along, and tells where it is now */
  move: (step: number) => string | null;
  activate: (id: string) => void;
  /** gives the focus back to the active row, once what had it is gone */
  readonly refocus: () => void;
};

type Options = {
  readonly ids: readonly string[];
  readonly body: RefObject<HTMLElement | null>;
  /** the row that was active last, which may be in the list no more */
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
  readonly scrollTo: (index: number) => void;
};

/** A dialog gives the focus up a moment after it was closed. */
const CLOSING_MS = 50;

/**
 * Which row the keyboard is on. A list that is renewed never moves it: it follows its case, and when that case is gone
 * it stays at its place. Focus is only taken back if it was lost with the row that had it.
 */
export function useActiveRow({ ids, body, activeId, onActive, scrollTo }: Options): ActiveRow {
  const place = useRef(0);
  const wantsFocus = useRef(false);
  const hadFocus = useRef(false);
  const found = activeId === null ? -1 : ids.indexOf(activeId);
  const current =
    found >= 0 ? activeId : activeId === null ? null : (ids[Math.min(place.current, ids.length - 1)] ?? null);

  useEffect(() => {
    if (found >= 0) place.current = found;
  }, [found]);

  /** A link to a row, or going back to it, shows where it is. */
  const showLinked = useEffectEvent(() => {
    if (found > 0) scrollTo(found);
  });
  useEffect(() => showLinked(), []);

  useEffect(() => {
    const onPointer = ({ target }: PointerEvent): void => {
      if (target instanceof Node && body.current?.contains(target) !== true) hadFocus.current = false;
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [body]);

  const focusRow = (): void =>
    body.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)?.focus({ preventScroll: true });

  useEffect(() => {
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${current}"]`);
    const lostFocus = hadFocus.current && document.activeElement === document.body;
    if (row === null || row === undefined || !(wantsFocus.current || lostFocus)) return;
    wantsFocus.current = false;
    hadFocus.current = true;
    row.focus({ preventScroll: true });
  });

  return {
    activeId: current,
    move: (step) => {
      const from = current === null ? -1 : ids.indexOf(current);
      const to = current === null ? 0 : Math.min(Math.max(from + step, 0), ids.length - 1);
      const id = ids[to];
      if (id === undefined) return null;
      wantsFocus.current = true;
      place.current = to;
      onActive(id);
      scrollTo(to);
      return id;
    },
    activate: (id) => {
      hadFocus.current = true;
      onActive(id);
    },
    refocus: () => void setTimeout(focusRow, CLOSING_MS),
  };
}
