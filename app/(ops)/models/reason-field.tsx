"use client";
import { type ReactNode, useId } from "react";

type ReasonFieldProps = { against: string; value: string; onChange: (value: string) => void };

/** Why somebody promotes what the gate held back; kept in the audit log. */
export function ReasonField({ against, value, onChange }: ReasonFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="space-y-1">
      <p className="text-decline">{against}</p>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        Why promote it all the same? Kept in the audit log
      </label>
      <textarea
        id={id}
        required
        maxLength={1_000}
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-line-strong/60 bg-surface px-2 py-1.5 text-sm text-ink"
      />
    </div>
  );
}
