"use client";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type TabsProps<Value extends string> = {
  /** what is chosen, for people who don't see its place */
  label: string;
  tabs: readonly { readonly value: Value; readonly label: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** A choice of what a page shows; the chosen one belongs in the URL. */
export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>): ReactNode {
  return (
    <fieldset className="flex w-fit min-w-0 max-w-full overflow-x-auto rounded-md border border-line bg-surface p-0.5">
      <legend className="sr-only">{label}</legend>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          aria-pressed={tab.value === value}
          onClick={() => onChange(tab.value)}
          className={classNames(
            "h-7 rounded px-2.5 whitespace-nowrap text-muted hover:text-ink",
            "aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent",
          )}
        >
          {tab.label}
        </button>
      ))}
    </fieldset>
  );
}
