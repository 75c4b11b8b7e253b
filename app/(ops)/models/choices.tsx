"use client";
import type { ReactNode } from "react";

/** A group of things to tick. */
export function Choices({ legend, children }: { legend: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-xs font-medium text-muted">{legend}</legend>
      {children}
    </fieldset>
  );
}

type ChoiceProps = { name: string; what: string; isChosen: boolean; onToggle: () => void };

/** One of them, with a line on what it does. */
export function Choice({ name, what, isChosen, onToggle }: ChoiceProps): ReactNode {
  return (
    <label className="flex cursor-pointer items-start gap-2">
      <input type="checkbox" checked={isChosen} onChange={onToggle} className="mt-1 accent-(--accent)" />
      <span>
        <span className="font-medium">{name}</span>
        <span className="block text-xs text-muted">{what}</span>
      </span>
    </label>
  );
}

/** The list with the item when it was not in it, without it when it was. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}
