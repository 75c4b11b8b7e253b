import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { type CaseRow, dispositionLook } from "./words.ts";

/** Open, snoozed, or how it ended. */
export function CaseStatusBadge({ detail }: { detail: CaseRow }): ReactNode {
  if (detail.disposition !== null) {
    const { word, shape, tone } = dispositionLook[detail.disposition];
    return (
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
    );
  }
  if (detail.snoozedUntil !== null) return <Badge>Snoozed</Badge>;
  return (
    <Badge tone="review" shape="◐">
      Open
    </Badge>
  );
}
