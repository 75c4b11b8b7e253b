"use client";
import type { ReactNode } from "react";
import { useSession } from "#app/shell/session-context.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { useNow } from "#app/ui/now.tsx";
import { type CaseRow, dispositionLook } from "../cases/words.ts";

/** How it ended; or else who works on it now, or whose it is by assignment. */
export function RowHolder({ row }: { row: CaseRow }): ReactNode {
  const { id: me } = useSession();
  const now = useNow();
  if (row.disposition !== null) {
    const { word, shape, tone } = dispositionLook[row.disposition];
    return (
      <Badge tone={tone} shape={shape}>
        {word}
      </Badge>
    );
  }
  const { holder, owner } = row;
  const isHeld = holder !== null && (now === null || Date.parse(holder.until) > now.getTime());
  const who = isHeld ? holder : owner;
  if (who === null) return <span className="text-faint max-md:hidden">–</span>;
  const how = isHeld ? `works on it, until ${holder.until.slice(11, 16)} UTC` : "has it by assignment";
  const name = who.id === me ? "You" : who.name;
  return (
    <span title={`${name === "You" ? "You" : who.name}: ${how}`}>
      <Badge tone={who.id === me ? "accent" : "neutral"} {...(isHeld ? { shape: "●" } : {})}>
        {name}
        <span className="sr-only">: {how}</span>
      </Badge>
    </span>
  );
}
