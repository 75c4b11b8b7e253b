"use client";
import type { ReactNode } from "react";
import { Input } from "#app/ui/field.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";

type TypedProps = {
  label: string;
  value: string;
  inputMode?: "decimal";
  /** says why nothing can be typed yet */
  disabledTitle?: string | undefined;
  onChange: (text: string) => void;
};

/** A filter that is typed: it narrows when the typing pauses. */
export function Typed({
  label,
  value,
  inputMode = undefined,
  disabledTitle,
  onChange,
}: TypedProps): ReactNode {
  const [text, setText] = useTypedText(value, onChange);
  return (
    <Input
      label={label}
      {...(inputMode === undefined ? {} : { inputMode })}
      disabled={disabledTitle !== undefined}
      title={disabledTitle}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="w-28"
    />
  );
}
