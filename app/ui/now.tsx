"use client";
import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;
let current: number | null = null;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
    current = null;
  };
}

function snapshot(): number {
  current ??= Date.now();
  return current;
}

/** The time, again every ten seconds from one timer for the whole page; null while rendering on the server. */
export function useNow(): Date | null {
  const now = useSyncExternalStore<number | null>(subscribe, snapshot, () => null);
  return now === null ? null : new Date(now);
}
