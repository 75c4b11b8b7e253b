import type { ReactNode } from "react";
import { score as scoreText } from "#app/format/number.ts";

/** A score as a small bar with the number; "not scored" when the model could not say. */
export function ScoreBar({ score }: { score: number | null }): ReactNode {
  if (score === null) return <span className="text-muted">not scored</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-12 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full" style={{ width: `${score * 100}%`, background: "var(--ink-muted)" }} />
      </span>
      {scoreText(score)}
    </span>
  );
}
