import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { outcomeLook } from "#app/ui/outcome-badge.tsx";
import { type Outcome, outcomes } from "#server/domain/outcome.ts";

/** Shares of the outcomes as one bar, with the figures in words and shapes below. */
export function OutcomeMix({ byOutcome }: { byOutcome: Readonly<Record<Outcome, number>> }): ReactNode {
  const total = outcomes.reduce((sum, outcome) => sum + byOutcome[outcome], 0);
  return (
    <div className="text-xs font-normal">
      <div aria-hidden="true" className="mt-2 mb-1.5 flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
        {total > 0 &&
          outcomes.map((outcome) => (
            <span
              key={outcome}
              style={{
                width: `${(byOutcome[outcome] / total) * 100}%`,
                background: outcomeLook[outcome].color,
              }}
              className={byOutcome[outcome] > 0 ? "min-w-1" : undefined}
            />
          ))}
      </div>
      <ul className="flex flex-wrap gap-x-3 text-muted">
        {outcomes.map((outcome) => (
          <li key={outcome} title={`${outcomeLook[outcome].word}: ${count(byOutcome[outcome])}`}>
            <span aria-hidden="true" style={{ color: outcomeLook[outcome].color }}>
              {outcomeLook[outcome].shape}
            </span>
            <span className="sr-only">{outcomeLook[outcome].word} </span>{" "}
            {percent(total === 0 ? null : byOutcome[outcome] / total)}
          </li>
        ))}
      </ul>
    </div>
  );
}
