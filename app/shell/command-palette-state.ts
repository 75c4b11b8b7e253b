"use client";
import { useSyncExternalStore } from "react";

let isOpen = false;
const listeners = new Set<() => void>();

export function setCommandPaletteOpen(open: boolean): void {
  isOpen = open;
  for (const listener of listeners) listener();
}

export function openCommandPalette(): void {
  setCommandPaletteOpen(true);
}

export function useCommandPaletteOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
    () => false,
  );
}
