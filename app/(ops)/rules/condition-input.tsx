"use client";
import { type ReactNode, useId } from "react";
import type { ConditionProblem } from "#server/domain/rule/compile-condition.ts";

type ConditionInputProps = {
  value: string;
  onChange: (value: string) => void;
  /** null while it makes sense */
  problem: ConditionProblem | null;
  isDisabled: boolean;
};

/** The condition as text; what is wrong with it is said as it is typed, with its place. */
export function ConditionInput({ value, onChange, problem, isDisabled }: ConditionInputProps): ReactNode {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        When
      </label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-note`}
        className="w-full rounded-md border border-line-strong/60 bg-surface p-2 font-mono text-sm text-ink disabled:opacity-50"
      />
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={problem === null ? "text-xs text-muted" : "text-xs text-decline"}
      >
        {problem === null
          ? 'For example: amountMinor >= 500 EUR and country not in ("DE", "AT")'
          : `Line ${problem.line}, column ${problem.column}: ${problem.message}`}
      </p>
    </div>
  );
}
