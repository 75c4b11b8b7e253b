import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const tones = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent",
  approve: "bg-approve-soft text-approve",
  review: "bg-review-soft text-review",
  decline: "bg-decline-soft text-decline",
} as const;
export type Tone = keyof typeof tones;

type BadgeProps = { tone?: Tone; shape?: string; children: ReactNode };

/** A word in a tone; `shape` is a glyph that tells the same without colour. */
export function Badge({ tone = "neutral", shape, children }: BadgeProps): ReactNode {
  return (
    <span
      className={classNames(
        "inline-flex h-5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {shape !== undefined && (
        <span aria-hidden="true" className="text-[0.7rem] leading-none">
          {shape}
        </span>
      )}
      {children}
    </span>
  );
}
