"use client";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { type Approval, kindWords, statusLook } from "./words.ts";

type ApprovalListProps = { rows: readonly Approval[]; openId: string; onOpen: (id: string) => void };

/** Who asks for what, and since when. */
export function ApprovalList({ rows, openId, onOpen }: ApprovalListProps): ReactNode {
  return (
    <Card padded={false}>
      <ul aria-label="Approvals">
        {rows.map((row) => (
          <li key={row.id} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-current={row.id === openId ? "true" : undefined}
              onClick={() => onOpen(row.id)}
              className={classNames(
                "grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-2 text-left hover:bg-hover",
                "focus-visible:-outline-offset-2 aria-[current=true]:bg-accent-soft",
              )}
            >
              <span className="truncate font-medium">
                {kindWords[row.kind]} <span className="font-normal text-muted">#{row.number}</span>
              </span>
              <span className="justify-self-end">
                <StatusBadge approval={row} />
              </span>
              <span className="truncate text-muted">
                {row.requestedBy.name}
                {row.isMine && " (you)"}
              </span>
              <span className="text-right text-muted">
                <RelativeTime time={row.answeredAt ?? row.requestedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function StatusBadge({ approval }: { approval: Approval }): ReactNode {
  const { word, shape, tone } = statusLook[approval.status];
  return (
    <Badge tone={tone} shape={shape}>
      {approval.canAnswer ? "For you" : word}
    </Badge>
  );
}
