"use client";
import type { ReactNode } from "react";
import { Select } from "./field.tsx";

type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type FilterSelectProps<Value extends string> = {
  /** what it restricts, for people who don't see its place */
  label: string;
  /** the first option, which restricts nothing */
  any: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  className?: string;
};

/** One of the filters above a list. */
export function FilterSelect<Value extends string>(props: FilterSelectProps<Value>): ReactNode {
  const { label, any, choices, value, onChange, className } = props;
  return (
    <Select
      label={label}
      isLabelHidden
      options={[{ value: "", label: any }, ...choices]}
      value={value ?? ""}
      onValueChange={(picked) => onChange(choices.find((choice) => choice.value === picked)?.value ?? null)}
      className={className}
    />
  );
}
