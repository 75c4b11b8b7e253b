import { type ReactNode, useId } from "react";

type ReasonFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isRequired: boolean;
};

/** Stable, so that it is called when the field appears and not with every render. */
const takeFocus = (field: HTMLTextAreaElement | null): void => field?.focus();

/** Where a person says why; it has the focus when it appears. */
export function ReasonField({ label, value, onChange, isRequired }: ReasonFieldProps): ReactNode {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <textarea
        id={id}
        ref={takeFocus}
        rows={2}
        maxLength={2000}
        required={isRequired}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 block w-full rounded-md border border-line-strong/60 bg-surface px-2 py-1.5"
      />
    </div>
  );
}
