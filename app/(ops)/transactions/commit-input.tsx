"use client";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Input } from "#app/ui/field.tsx";

type CommitInputProps = Omit<ComponentProps<typeof Input>, "value" | "onChange" | "isLabelHidden"> & {
  value: string;
  onCommit: (text: string) => void;
};

/** A field that takes effect on Enter or on leaving it, so that half-typed words ask nothing of the server. */
export function CommitInput({ value, onCommit, ...rest }: CommitInputProps): ReactNode {
  const [draft, setDraft] = useState({ of: value, text: value });
  const text = draft.of === value ? draft.text : value; // the URL changed by other means
  const commit = (): void => {
    if (text !== value) onCommit(text);
  };
  return (
    <Input
      {...rest}
      isLabelHidden
      title={rest.label}
      value={text}
      onChange={(event) => setDraft({ of: value, text: event.target.value })}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
