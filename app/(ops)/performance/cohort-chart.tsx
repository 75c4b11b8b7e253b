"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { dayShort } from "#app/format/time.ts";
import {
  type CohortMeasure,
  cohortReading,
  figure,
  hiddenWeeks,
  measureName,
  partWeeks,
} from "./cohort-words.ts";
import type { Cohort } from "./types.ts";

type CohortChartProps = { cohorts: readonly Cohort[]; measure: CohortMeasure };

const notes: Readonly<Record<CohortMeasure, string>> = {
  precision: "frauds among alerts",
  recall: "alerted among frauds",
  averagePrecision: "of all thresholds, from the highest score down",
};

/** What came true of a measure by week of payment, and what was to be expected before labels. */
export function CohortChart({ cohorts, measure }: CohortChartProps): ReactNode {
  const name = measureName(measure);
  const rows = cohorts.map(({ from, realised, estimated }) => ({
    from,
    realised: realised[measure].value,
    low: realised[measure].interval?.lower ?? null,
    high: realised[measure].interval?.upper ?? null,
    estimated: estimated[measure].value,
    estimatedLow: estimated[measure].interval?.lower ?? null,
    estimatedHigh: estimated[measure].interval?.upper ?? null,
  }));
  return (
    <ChartFrame
      title={cohortReading(cohorts, measure)}
      note={`${name}: ${notes[measure]}. “Expected” is from scores alone, before any label. Bands: 95 %.`}
      fileName={`${measure}-by-week`}
      values={tableOf(cohorts, measure)}
    >
      <LineChart
        description={`${name} by week of payment: what came true, and what was to be expected before labels`}
        height={240}
        rows={rows}
        x={{
          key: "from",
          label: "Week of payment (from Monday)",
          format: (value) => dayShort(String(value)),
          type: "category",
        }}
        y={{ label: name, format: (value) => figure(measure, Number(value), 0), domain: [0, 1] }}
        series={[
          {
            key: "realised",
            label: "came true",
            color: "champion",
            marks: "filled",
            labelAt: Math.max(
              0,
              rows.findLastIndex((row) => row.realised !== null),
            ),
            band: { lowKey: "low", highKey: "high" },
          },
          {
            key: "estimated",
            label: "expected",
            color: "second",
            isDashed: true,
            marks: "hollow",
            band: { lowKey: "estimatedLow", highKey: "estimatedHigh" },
          },
        ]}
      />
      <ul className="mt-2 space-y-0.5 text-xs text-muted">
        {hiddenWeeks(cohorts, measure).map(({ because, weeks }) => (
          <li key={because}>
            {weeks.length > 4
              ? `${weeks.length} weeks`
              : `${weeks.length === 1 ? "Week" : "Weeks"} of ${weeks.join(", ")}`}{" "}
            not shown: {because}
          </li>
        ))}
        {partWeeks(cohorts, measure).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function tableOf(cohorts: readonly Cohort[], measure: CohortMeasure) {
  return {
    columns: [
      "Week from",
      "Payments",
      "Matured share",
      "Known frauds",
      "Came true",
      "Low",
      "High",
      "Effective sample size",
      "Expected before labels",
      "Expected low",
      "Expected high",
      "Why not shown",
    ],
    rows: cohorts.map(({ from, rows, maturedShare, knownFrauds, realised, estimated }) => [
      from,
      rows,
      maturedShare,
      knownFrauds,
      realised[measure].value,
      realised[measure].interval?.lower ?? null,
      realised[measure].interval?.upper ?? null,
      Math.round(realised[measure].effective * 10) / 10,
      estimated[measure].value,
      estimated[measure].interval?.lower ?? null,
      estimated[measure].interval?.upper ?? null,
      realised[measure].hidden,
    ]),
  };
}
