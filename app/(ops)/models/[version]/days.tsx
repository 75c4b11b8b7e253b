import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import type { VersionDetail } from "../types.ts";
import { dayParts } from "./words.ts";

/** The stretches of time in order, gaps included: nothing of a later one was known in an earlier one. */
export function Days({ slices }: { slices: VersionDetail["facts"]["slices"] }): ReactNode {
  const parts = dayParts(slices);
  const total = parts.reduce((sum, { days }) => sum + days, 0);
  return (
    <Card title="Days, split by time">
      <div aria-hidden="true" className="mb-3 flex h-3 gap-px overflow-hidden rounded-xs border border-line">
        {parts.map((part) => (
          <span
            key={part.key}
            style={{ width: `${total === 0 ? 0 : (part.days / total) * 100}%`, background: part.fill }}
          />
        ))}
      </div>
      <dl className="space-y-2">
        {parts.map((part) => (
          <div key={part.key}>
            <dt className={classNames("flex items-center gap-2", part.slice === null && "text-muted")}>
              <span
                aria-hidden="true"
                className="size-2 shrink-0 rounded-xs border border-line"
                style={{ background: part.fill }}
              />
              <span className={part.slice === null ? "" : "font-medium"}>{part.name}</span>
            </dt>
            {part.slice !== null && (
              <dd className="pl-4 text-muted">
                {day(new Date(part.slice.fromMs))} – {day(new Date(part.slice.toMs - 1))}
                <br />
                {count(part.slice.rows)} payments, {count(part.slice.frauds)} frauds (
                {percent(part.slice.rows === 0 ? null : part.slice.frauds / part.slice.rows, 2)})
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Card>
  );
}
