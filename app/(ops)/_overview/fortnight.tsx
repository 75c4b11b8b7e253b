import type { ReactNode } from "react";
import { BarChart } from "#app/charts/bar-chart.tsx";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { count, countShort, percent } from "#app/format/number.ts";
import { dayShort, day as dayText } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import { fillDays } from "./summary.ts";
import type { Overview } from "./types.ts";

const x = { key: "day", label: "Day (UTC)", format: (value: number | string) => dayShort(String(value)) };
const y = { label: "Payments", format: (value: number | string) => countShort(Number(value)) };

/** The last 14 days by outcome: approvals apart, since they would hide the rest. */
export function Fortnight({ byDay, at }: Pick<Overview, "byDay" | "at">): ReactNode {
  const rows = fillDays(byDay, at);
  if (byDay.length === 0) {
    return (
      <Card className="xl:col-span-2">
        <EmptyState title="No day has been counted yet" icon="chart">
          Decisions are counted by day in the background; the first day shows within minutes of the first
          payment.
        </EmptyState>
      </Card>
    );
  }
  const total = (key: "approve" | "review" | "decline"): number =>
    rows.reduce((sum, row) => sum + row[key], 0);
  const [approved, reviewed, declined] = [total("approve"), total("review"), total("decline")];
  const all = approved + reviewed + declined;
  const values = {
    columns: ["Day", "Approve", "Review", "Decline"],
    rows: rows.map((row) => [dayText(row.day), row.approve, row.review, row.decline]),
  };
  return (
    <>
      <ChartFrame title={`${count(approved)} approved in 14 days`} values={values} fileName="outcomes-by-day">
        <BarChart
          height={220}
          description="Approved payments per day over the last 14 days"
          rows={rows}
          x={x}
          y={y}
          series={[{ key: "approve", label: "Approve", color: "approve" }]}
        />
      </ChartFrame>
      <ChartFrame
        title={`${percent(all === 0 ? null : (reviewed + declined) / all)} reviewed or declined`}
        values={values}
        fileName="outcomes-by-day"
      >
        <BarChart
          height={220}
          description="Reviewed and declined payments per day over the last 14 days"
          rows={rows}
          x={x}
          y={y}
          isStacked
          series={[
            { key: "review", label: "◐ Review", color: "review" },
            { key: "decline", label: "● Decline", color: "decline" },
          ]}
        />
      </ChartFrame>
    </>
  );
}
