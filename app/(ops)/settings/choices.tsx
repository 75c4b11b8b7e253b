"use client";
import type { ReactNode } from "react";

type ChoicesProps<Value extends string> = {
  legend: string;
  choices: readonly { readonly value: Value; readonly label: ReactNode }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
};

/** Any number of a few things. */
export function Choices<Value extends string>(props: ChoicesProps<Value>): ReactNode {
  const { legend, choices, chosen, onChange } = props;
  const toggle = (value: Value): void => {
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  };
  return (
    <fieldset className="space-y-1">
      <legend className="text-xs font-medium text-muted">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {choices.map(({ value, label }) => (
          <label key={value} className="flex min-h-6 items-center gap-2">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
