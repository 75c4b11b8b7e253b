"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";

const ROW_PX = 48;
const PHONE_ROW_PX = 116;
/** Space that the sticky headers take when a row is scrolled into view. */
const HEADERS_PX = 110;
const OVERSCAN = 10;
/** Rows in view are told in steps of this many, so that what is asked of them changes seldom. */
const STEP = 20;

function subscribeToWidth(listener: () => void): () => void {
  const narrow = window.matchMedia("(max-width: 767px)");
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** Which rows of fixed height are in the window, so that only those are in the page. */
export function useRowWindow(count: number, body: RefObject<HTMLElement | null>) {
  const isPhone = useSyncExternalStore(
    subscribeToWidth,
    () => window.matchMedia("(max-width: 767px)").matches,
    () => false,
  );
  const rowPx = isPhone ? PHONE_ROW_PX : ROW_PX;
  const [top, setTop] = useState(0);
  // What stands above the rows may change its height with any rendering.
  useEffect(() => setTop(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)));
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: HEADERS_PX,
    scrollPaddingEnd: rowPx * 2,
    initialRect: { width: 1024, height: 800 },
  });
  useEffect(() => {
    if (rowPx > 0) virtual.measure();
  }, [rowPx, virtual]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  return {
    first,
    end,
    /** the same in whole steps */
    steps: [Math.floor(first / STEP) * STEP, Math.ceil(end / STEP) * STEP] as const,
    before: first * rowPx,
    after: Math.max(0, count - end) * rowPx,
    scrollTo: (index: number): void => virtual.scrollToIndex(index),
    isNearEnd: end > count - STEP,
  };
}
