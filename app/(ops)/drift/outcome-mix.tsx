"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import type { Drift, DriftWeek } from "./types.ts";

/** Shares of payments that were reviewed and declined, as they were answered. */
export function OutcomeMix({ view }: { view: Drift }): ReactNode {
  const share = ({ served }: DriftWeek, outcome: "review" | "decline"): number | null =>
    served.decisions === 0 ? null : served.outcomes[outcome] / served.decisions;
  const rows = view.weeks.map((week) => ({
    week: week.week,
    review: share(week, "review"),
    decline: share(week, "decline"),
  }));
  const now = rows[view.at];
  const title = `${percent(now?.review ?? null)} of payments were reviewed, ${percent(now?.decline ?? null)} declined`;
  return (
    <ChartFrame
      title={title}
      note="As answered at the time, by policy, rules and lists: a change of those moves it too."
      fileName="drift-outcomes"
      values={{
        columns: ["Week", "Reviewed", "Declined", "Decisions"],
        rows: view.weeks.map((week, at) => [
          week.week,
          rows[at]?.review ?? null,
          rows[at]?.decline ?? null,
          week.served.decisions,
        ]),
      }}
    >
      <LineChart
        description={title}
        height={200}
        rows={rows}
        x={{
          key: "week",
          label: "Week from",
          type: "category",
          format: (week) => dayShort(`${week}T00:00:00Z`),
        }}
        y={{ label: "Share of payments", format: (value) => percent(Number(value)) }}
        series={[
          { key: "review", label: "reviewed", color: "review", marks: "filled" },
          { key: "decline", label: "declined", color: "decline", marks: "hollow" },
        ]}
      />
    </ChartFrame>
  );
}
