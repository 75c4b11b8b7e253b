"use client";
import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";
import { type RowPlaces, rowsInPage, scrollToRow } from "./row-window.ts";

const ROW_PX = 48;
const PHONE_ROW_PX = 116;
/** What the sticky headers cover when a row is scrolled into view. */
const HEADERS_PX = 110;
/** Rows in view are told in steps of this many, so that what is asked of them changes seldom. */
const STEP = 20;
const SERVER_HEIGHT_PX = 800;

function subscribeToView(listener: () => void): () => void {
  window.addEventListener("scroll", listener, { passive: true });
  window.addEventListener("resize", listener);
  return () => {
    window.removeEventListener("scroll", listener);
    window.removeEventListener("resize", listener);
  };
}

const isPhoneNow = (): boolean => window.matchMedia("(max-width: 767px)").matches;

/** Which rows of fixed height are in the window, so that only those are in the page. */
export function useRowWindow(count: number, body: RefObject<HTMLElement | null>) {
  const isPhone = useSyncExternalStore(subscribeToView, isPhoneNow, () => false);
  const rowPx = isPhone ? PHONE_ROW_PX : ROW_PX;
  const [top, setTop] = useState(0);
  // What stands above the rows may change its height with any rendering.
  const measureTop = (): number =>
    Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  useEffect(() => setTop(measureTop()));
  const placesNow = (): RowPlaces => ({
    ...{ top, rowPx },
    scrollY: window.scrollY,
    height: window.innerHeight,
  });
  // One number each, so that scrolling within a row renders nothing.
  const first = useSyncExternalStore(
    subscribeToView,
    () => rowsInPage(placesNow(), count).first,
    () => 0,
  );
  const end = useSyncExternalStore(
    subscribeToView,
    () => rowsInPage(placesNow(), count).end,
    () => rowsInPage({ top, rowPx, scrollY: 0, height: SERVER_HEIGHT_PX }, count).end,
  );
  return {
    first,
    end,
    /** the same in whole steps */
    steps: [Math.floor(first / STEP) * STEP, Math.ceil(end / STEP) * STEP] as const,
    before: first * rowPx,
    after: Math.max(0, count - end) * rowPx,
    scrollTo: (index: number): void => {
      const y = scrollToRow({ ...placesNow(), top: measureTop() }, index, {
        above: HEADERS_PX,
        below: rowPx * 2,
      });
      if (y !== null) window.scrollTo({ top: y });
    },
    isNearEnd: end > count - STEP,
  };
}
