"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

const control =
  "h-8 w-full rounded-md border border-line-strong/60 bg-surface px-2 text-sm text-ink placeholder:text-faint disabled:opacity-50";

type FieldProps = {
  label: string;
  /** visually hidden label, for a control whose place says what it is */
  isLabelHidden?: boolean;
  hint?: string;
  error?: string | undefined;
  className?: string | undefined;
};

/** A text input with its label, hint and error tied together. */
export function Input({
  label,
  isLabelHidden = false,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<"input">): ReactNode {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, isLabelHidden, hint, error, className }}>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={hint !== undefined || error !== undefined ? `${id}-note` : undefined}
        className={control}
        {...rest}
      />
    </FieldFrame>
  );
}

type SelectProps = FieldProps &
  Omit<ComponentProps<"select">, "onChange"> & {
    options: readonly { value: string; label: string }[];
    onValueChange: (value: string) => void;
  };

/** The platform's own select: works with every keyboard and on every phone. */
export function Select({
  label,
  isLabelHidden = false,
  hint,
  error,
  className,
  options,
  onValueChange,
  ...rest
}: SelectProps): ReactNode {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, isLabelHidden, hint, error, className }}>
      <select id={id} className={control} onChange={(event) => onValueChange(event.target.value)} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

type FrameProps = {
  id: string;
  label: string;
  isLabelHidden: boolean;
  hint: string | undefined;
  error: string | undefined;
  className: string | undefined;
  children: ReactNode;
};

function FieldFrame({ id, label, isLabelHidden, hint, error, className, children }: FrameProps): ReactNode {
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-xs font-medium text-muted"}>
        {label}
      </label>
      {children}
      {(error ?? hint) !== undefined && (
        <p
          id={`${id}-note`}
          className={classNames("text-xs", error === undefined ? "text-faint" : "text-decline")}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
