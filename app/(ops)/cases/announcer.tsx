"use client";
import { type ReactNode, useSyncExternalStore } from "react";

let said = "";
const listeners = new Set<() => void>();

/** Says a sentence to people who use a screen reader; outlives the case that it is about. */
export function announce(sentence: string): void {
  said = sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where `announce` is heard. */
export function Announcer(): ReactNode {
  const sentence = useSyncExternalStore(
    subscribe,
    () => said,
    () => "",
  );
  return (
    <p aria-live="polite" className="sr-only">
      {sentence}
    </p>
  );
}
