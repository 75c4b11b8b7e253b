import type { ReactNode } from "react";
import { Definition } from "./tooltip.tsx";

type StatProps = {
  label: string;
  value: ReactNode;
  /** one line under the figure: a comparison, an interval, a denominator */
  note?: ReactNode;
  /** how the figure is made, told on hover and focus */
  definition?: ReactNode;
};

/** A figure with its name, and how it is made on request. */
export function Stat({ label, value, note, definition }: StatProps): ReactNode {
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-1 text-xs text-muted">
        <span>{label}</span>
        {definition !== undefined && <Definition of={label.toLowerCase()} text={definition} />}
      </div>
      <div className="truncate text-lg font-semibold">{value}</div>
      {note !== undefined && <div className="text-xs text-muted">{note}</div>}
    </div>
  );
}
