"use client";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

export type Shortcut = {
  /** one key ("j", "?", "Enter"), or two in turn ("g q") */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
};
type Group = { readonly name: string; readonly shortcuts: readonly Shortcut[] };

const SEQUENCE_MS = 1_000;
let groups: readonly Group[] = [];
/** The same with each name once, for who reads them. */
let named: readonly Group[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Group[]): void {
  groups = next;
  named = [...Map.groupBy(next, (group) => group.name)].map(([name, parts]) => ({
    name,
    shortcuts: parts.flatMap((part) => part.shortcuts),
  }));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Offers shortcuts while the component is mounted; `?` lists them under `name`. A later group wins over an earlier. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[], isOn = true): void {
  const signature = shortcuts.map((s) => `${s.keys}\t${s.label}`).join("\n");
  const run = useEffectEvent((keys: string) => shortcuts.find((s) => s.keys === keys)?.run());
  useEffect(() => {
    if (!isOn || signature === "") return;
    const group: Group = {
      name,
      shortcuts: signature.split("\n").map((line) => {
        const [keys = "", label = ""] = line.split("\t");
        return { keys, label, run: () => run(keys) };
      }),
    };
    change([...groups, group]);
    return () => change(groups.filter((g) => g !== group));
  }, [name, signature, isOn]);
}

/** Every shortcut on offer now, each group once. */
export function useShortcutGroups(): readonly Group[] {
  return useSyncExternalStore(
    subscribe,
    () => named,
    () => noGroups,
  );
}
const noGroups: readonly Group[] = [];

/** Listens for keys, once per page. Keys typed into fields, with modifiers, or under a dialog are left alone. */
export function useShortcutListener(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    let first: { key: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector("[role=dialog]") !== null) return;
      const isSecond = first !== null && event.timeStamp - first.at < SEQUENCE_MS;
      const shortcut = matching(isSecond && first !== null ? `${first.key} ${event.key}` : event.key);
      first = { key: event.key, at: event.timeStamp };
      if (shortcut === undefined) return;
      event.preventDefault();
      first = null;
      shortcut.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOn]);
}

function matching(keys: string): Shortcut | undefined {
  return groups
    .toReversed()
    .flatMap((group) => group.shortcuts)
    .find((shortcut) => shortcut.keys === keys);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}
