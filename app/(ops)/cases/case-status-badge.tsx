import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { type CaseRow, dispositionLook } from "./words.ts";

/** Open, held, snoozed, waiting for a second person, or how it ended. */
export function CaseStatusBadge({ detail }: { detail: CaseRow }): ReactNode {
  if (detail.disposition !== null) {
    const { word, shape, tone } = dispositionLook[detail.disposition];
    return (
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
    );
  }
  if (detail.approvalNumber !== null) {
    return (
      <Badge tone="review" shape="◇">
        Waits for approval {detail.approvalNumber}
      </Badge>
    );
  }
  if (detail.heldAt !== null) return <Badge shape="‖">Held</Badge>;
  if (detail.snoozedUntil !== null) return <Badge shape="◷">Snoozed</Badge>;
  return (
    <Badge tone="review" shape="◐">
      Open
    </Badge>
  );
}
