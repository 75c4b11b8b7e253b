import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { Icon } from "#app/ui/line-icon.tsx";
import { unknownWords } from "./reading.ts";
import type { RowCounts, WindowView } from "./types.ts";

/** What these figures leave out, and what had to be chosen differently from what was asked. */
export function Unknowns({ counts, window }: { counts: RowCounts; window: WindowView }): ReactNode {
  const words = unknownWords(counts, window);
  const known = counts.fraud + counts.legitimate;
  if (words.length === 0 && window.notes.length === 0) return null;
  return (
    <div className="flex items-start gap-2 rounded-lg border border-line bg-surface px-3 py-2 text-muted">
      <span className="mt-0.5">
        <Icon name="info" size={14} />
      </span>
      <div>
        {window.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {words.length > 0 && (
          <p>
            The truth is known of {percent(counts.rows === 0 ? null : known / counts.rows)} of the window.
            Left out: {words.join("; ")}.
          </p>
        )}
        {window.basis === "labelled" && (
          <p>
            Early labels are mostly frauds, so figures on all labels so far can look better or worse than they
            are.
          </p>
        )}
      </div>
    </div>
  );
}
