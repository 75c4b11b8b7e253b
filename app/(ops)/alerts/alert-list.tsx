"use client";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { type Alert, severityLook, stateWords } from "./words.ts";

type AlertListProps = { rows: readonly Alert[]; openId: string; onOpen: (id: string) => void };

/** What is wrong, how bad, and since when. */
export function AlertList({ rows, openId, onOpen }: AlertListProps): ReactNode {
  return (
    <Card padded={false}>
      <ul aria-label="Alerts">
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
              <span className="truncate font-medium">{row.title}</span>
              <SeverityBadge alert={row} />
              <span className="truncate text-muted">
                {stateWords[row.state]}
                {row.raised > 1 && `, raised ${row.raised} times`}
              </span>
              <span className="text-right text-muted">
                <RelativeTime time={row.resolvedAt ?? row.openedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function SeverityBadge({ alert }: { alert: Pick<Alert, "severity"> }): ReactNode {
  const { word, shape, tone } = severityLook[alert.severity];
  return (
    <Badge tone={tone} shape={shape}>
      {word}
    </Badge>
  );
}
