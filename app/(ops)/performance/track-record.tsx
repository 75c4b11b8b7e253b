"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { type CohortMeasure, distance, measureName, trackReading } from "./cohort-words.ts";
import type { Cohort, Cohorts, Track } from "./types.ts";

const measures: readonly CohortMeasure[] = ["recall", "precision", "averagePrecision"];

/** How far estimates before labels were from what came true, week by week and altogether. */
export function TrackRecord({ view }: { view: Cohorts }): ReactNode {
  const weeks = view.cohorts.filter(({ isTracked }) => isTracked);
  const errorOf = ({ estimated, realised }: Cohort, measure: CohortMeasure): number | null => {
    const [before, after] = [estimated[measure].value, realised[measure].value];
    return before === null || after === null ? null : before - after;
  };
  return (
    <ChartFrame
      title={trackReading(view.track)}
      note="Estimate minus what came true, of weeks that have matured wholly and that the model had not learned from. Above 0 the estimate promised too much. Its interval holds chance alone: that scores promise wrongly shows here."
      fileName="estimate-track-record"
      values={{
        columns: ["Week from", ...measures.map((measure) => `${measureName(measure)}: estimate minus truth`)],
        rows: weeks.map((week) => [week.from, ...measures.map((measure) => errorOf(week, measure))]),
      }}
    >
      {weeks.length > 1 && (
        <LineChart
          description="Estimate minus what came true, by week of payment"
          height={160}
          rows={weeks.map((week) => ({
            from: week.from,
            recall: errorOf(week, "recall"),
            precision: errorOf(week, "precision"),
          }))}
          x={{
            key: "from",
            label: "Week of payment (from Monday)",
            format: (value) => dayShort(String(value)),
            type: "category",
          }}
          y={{ label: "Difference, points", format: (value) => String(Math.round(Number(value) * 100)) }}
          series={[
            { key: "recall", label: "recall", color: "champion", marks: "filled" },
            { key: "precision", label: "precision", color: "second", isDashed: true, marks: "hollow" },
          ]}
          references={[{ axis: "y", at: 0, label: "as foretold" }]}
        />
      )}
      <TrackTable track={view.track} />
    </ChartFrame>
  );
}

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };
const columns = ["Measure", "Weeks", "Mean distance", "Mean lean", "Inside the 95 % interval"];

function TrackTable({ track }: { track: Readonly<Record<CohortMeasure, Track>> }): ReactNode {
  const cell = "px-2 text-right whitespace-nowrap";
  return (
    <section aria-label="Track record of the estimates" {...reachable} className="mt-2 overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="text-xs text-muted">
            {columns.map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`h-8 px-2 font-medium ${at === 0 ? "text-left" : "text-right"}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => {
            const { weeks, meanAbsoluteError, bias, covered, coverage, coverageInterval } = track[measure];
            return (
              <tr key={measure} className="border-t border-line">
                <th scope="row" className="h-8 px-2 text-left font-normal">
                  {measureName(measure)}
                </th>
                <td className={cell}>{weeks}</td>
                <td className={cell}>{distance(measure, meanAbsoluteError)}</td>
                <td className={cell}>
                  {bias !== null && bias > 0 ? "+" : ""}
                  {distance(measure, bias)}
                </td>
                <td className={cell}>
                  {coverage === null || coverageInterval === null
                    ? "–"
                    : `${covered} of ${weeks}: ${percent(coverage, 0)} (${percent(coverageInterval.lower, 0)} to ${percent(coverageInterval.upper, 0)})`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
