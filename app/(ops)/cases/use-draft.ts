"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was typed survives a reload and a visit elsewhere, until it is saved or the tab is closed. */
export function useDraft(name: string): readonly [text: string, setText: (text: string) => void] {
  const key = `assay draft ${name}`;
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => "",
  );
  return [text, (next) => keep(key, next)];
}

/** Once what was typed is saved. */
export function forgetDraft(name: string): void {
  keep(`assay draft ${name}`, "");
}

function keep(key: string, text: string): void {
  write(key, text);
  for (const listener of listeners) listener();
}

/** Where the browser keeps nothing, drafts last as long as the page. */
const kept = new Map<string, string>();

function read(key: string): string {
  try {
    return window.sessionStorage.getItem(key) ?? kept.get(key) ?? "";
  } catch {
    return kept.get(key) ?? "";
  }
}

function write(key: string, text: string): void {
  kept.set(key, text);
  try {
    if (text === "") window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, text);
  } catch {
    // full or forbidden: the copy above has to do
  }
}
