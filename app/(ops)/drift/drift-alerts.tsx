import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Drift, DriftAlert } from "./types.ts";
import { alertWords } from "./words.ts";

const looks = {
  impact: { tone: "decline", shape: "●", word: "recall and cost" },
  labels: { tone: "decline", shape: "●", word: "labels" },
  quality: { tone: "review", shape: "◐", word: "data" },
  feature: { tone: "review", shape: "◐", word: "feature" },
  multivariate: { tone: "neutral", shape: "○", word: "together" },
} as const satisfies Record<DriftAlert["kind"], object>;

const MOST = 6;

/** Alerts that stand, most telling first; nothing where none does. */
export function DriftAlerts({ view }: { view: Drift }): ReactNode {
  const { alerts } = view;
  if (alerts.length === 0) return null;
  const rest = alerts.length - MOST;
  return (
    <Card title="Seen in at least two weeks in a row, or in the mean of three">
      <ul className="space-y-1.5">
        {alerts.slice(0, MOST).map((alert) => {
          const { tone, shape, word } = looks[alert.kind];
          return (
            <li
              key={`${alert.kind} ${alert.subject} ${alert.direction}`}
              className="flex items-baseline gap-2"
            >
              <Badge tone={tone} shape={shape}>
                {word}
              </Badge>
              <span>{alertWords(alert)}</span>
            </li>
          );
        })}
      </ul>
      {rest > 0 && (
        <p className="mt-2 text-xs text-muted">and {rest} more, marked in the table of features</p>
      )}
    </Card>
  );
}
