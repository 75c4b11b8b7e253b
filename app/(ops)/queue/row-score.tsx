import type { ReactNode } from "react";
import { ScoreBar } from "#app/ui/score-bar.tsx";
import type { CaseRow } from "../cases/words.ts";

/** The score, or a quiet mark where the case is judged without it. */
export function RowScore({ row }: { row: CaseRow }): ReactNode {
  const hides = row.masked && row.status === "open";
  if (hides && row.score === null) {
    return (
      <span className="text-muted" title="Judged without the score">
        <span aria-hidden="true">◌ </span>without
        <span className="sr-only"> the score: judged by the payment alone</span>
      </span>
    );
  }
  return (
    <>
      <ScoreBar score={row.score} />
      {hides && (
        <span className="ml-1 text-muted" title="Analysts judge this case without the score">
          <span aria-hidden="true">◌</span>
          <span className="sr-only">hidden from analysts</span>
        </span>
      )}
    </>
  );
}
