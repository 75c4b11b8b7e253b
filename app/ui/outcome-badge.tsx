import type { ReactNode } from "react";
import type { Label } from "#server/domain/label.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { Badge, type Tone } from "./badge.tsx";

/** Word, shape and tone of each outcome, everywhere the same. */
export const outcomeLook: Record<Outcome, { word: string; shape: string; tone: Tone; color: string }> = {
  approve: { word: "Approve", shape: "○", tone: "approve", color: "var(--approve)" },
  review: { word: "Review", shape: "◐", tone: "review", color: "var(--review)" },
  decline: { word: "Decline", shape: "●", tone: "decline", color: "var(--decline)" },
};

const labelLook: Record<Label, { word: string; shape: string; tone: Tone }> = {
  fraud: { word: "Fraud", shape: "▲", tone: "decline" },
  legitimate: { word: "Legitimate", shape: "✓", tone: "approve" },
};

export function OutcomeBadge({ outcome }: { outcome: Outcome }): ReactNode {
  const { word, shape, tone } = outcomeLook[outcome];
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  );
}

export function LabelBadge({ label }: { label: Label }): ReactNode {
  const { word, shape, tone } = labelLook[label];
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  );
}
