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

type Size = { isSmall?: boolean };

/** `isSmall`: the shape alone where room is short; the word is its title and what is read aloud. */
export function OutcomeBadge({ outcome, isSmall = false }: { outcome: Outcome } & Size): ReactNode {
  return <Look {...outcomeLook[outcome]} isSmall={isSmall} />;
}

export function LabelBadge({ label, isSmall = false }: { label: Label } & Size): ReactNode {
  return <Look {...labelLook[label]} isSmall={isSmall} />;
}

function Look({
  word,
  shape,
  tone,
  isSmall,
}: {
  word: string;
  shape: string;
  tone: Tone;
  isSmall: boolean;
}): ReactNode {
  return (
    <span title={isSmall ? word : undefined}>
      <Badge tone={tone} shape={shape}>
        <span className={isSmall ? "sr-only" : undefined}>{word}</span>
      </Badge>
    </span>
  );
}
