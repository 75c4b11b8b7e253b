import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Report } from "../types.ts";

/** What looked like the answer among the questions, before anything was trained on it. */
export function Leaks({ report }: { report: Report }): ReactNode {
  const { leaks } = report;
  if (leaks === undefined) {
    return (
      <Card title="Leaks">
        <p className="text-muted">Not looked for when this version was trained; the next training does.</p>
      </Card>
    );
  }
  return (
    <Card
      title="Leaks"
      actions={
        leaks.length === 0 ? (
          <Badge tone="approve" shape="○">
            none found
          </Badge>
        ) : (
          <Badge tone="decline" shape="●">
            {leaks.length} to explain
          </Badge>
        )
      }
    >
      {leaks.length === 0 ? (
        <p className="text-muted">
          No feature tells fraud alone or names a payment, and the times of the labels fit.
        </p>
      ) : (
        <ul className="space-y-2">
          {leaks.map(({ code, feature, text }) => (
            <li key={`${code} ${feature}`}>{text}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
