"use client";
import type { ReactNode } from "react";
import { clock, day, instant } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { useNow } from "#app/ui/now.tsx";
import { dueNow } from "./due.ts";

/** By when a verdict was promised, as word, shape and tone; the exact instant on hover. */
export function DueMark({ dueAt }: { dueAt: string | null }): ReactNode {
  const now = useNow();
  if (dueAt === null) return <span className="text-faint max-md:hidden">–</span>;
  if (now === null)
    return (
      <span className="text-muted">
        {day(dueAt)} {clock(dueAt).slice(0, 5)}
      </span>
    );
  const { shape, word, tone } = dueNow(dueAt, now);
  return (
    <span title={`Promised by ${instant(dueAt)}`}>
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
    </span>
  );
}
