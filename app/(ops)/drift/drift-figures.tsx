"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { Reference } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { OutcomeMix } from "./outcome-mix.tsx";
import type { Drift, DriftSeries } from "./types.ts";
import { seriesReading, seriesTick, seriesWords } from "./words.ts";

/** Every figure over the weeks, within what was usual before the watch. */
export function DriftFigures({ view }: { view: Drift }): ReactNode {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {view.series.map((series) => (
        <SeriesChart key={series.name} view={view} series={series} />
      ))}
      <OutcomeMix view={view} />
    </div>
  );
}

function SeriesChart({ view, series }: { view: Drift; series: DriftSeries }): ReactNode {
  const { name, centre, lower, upper } = series;
  const hasOwn = name === "reportedRate"; // a rate of rare events: its own interval tells more than the usual's band
  const rows = view.weeks.map(({ week, reportedInterval }, at) => ({
    week,
    value: series.weeks[at]?.value ?? null,
    lower: hasOwn ? (reportedInterval?.lower ?? null) : lower,
    upper: hasOwn ? (reportedInterval?.upper ?? null) : upper,
  }));
  const reading = seriesReading(series, view.at);
  const words = seriesWords[name];
  return (
    <ChartFrame
      title={reading}
      note={noteOf(view, series)}
      fileName={`drift-${name}`}
      values={{
        columns: [
          "Week",
          words.name,
          "Usual",
          "Lower limit",
          "Upper limit",
          "Outside",
          ...(hasOwn ? ["95 % from", "95 % to"] : []),
        ],
        rows: view.weeks.map(({ week, reportedInterval }, at) => [
          week,
          series.weeks[at]?.value ?? null,
          centre,
          lower,
          upper,
          series.weeks[at]?.outside ?? "",
          ...(hasOwn ? [reportedInterval?.lower ?? null, reportedInterval?.upper ?? null] : []),
        ]),
      }}
    >
      <LineChart
        description={reading}
        height={200}
        rows={rows}
        x={{ key: "week", label: "Week from", type: "category", format: weekTick }}
        y={{
          label: words.unit,
          format: (value) => seriesTick(name, Number(value)),
          ...(hasOwn
            ? { domain: [0, Math.max(upper ?? 0, ...rows.map((row) => row.upper ?? 0)) * 1.05] }
            : {}),
        }}
        series={[
          {
            key: "value",
            label: words.name,
            color: "champion",
            marks: "filled",
            band: { lowKey: "lower", highKey: "upper" },
          },
        ]}
        references={referencesOf(series, hasOwn)}
      />
    </ChartFrame>
  );
}

function referencesOf({ centre, lower, upper }: DriftSeries, withLimits: boolean): Reference[] {
  const limits = withLimits
    ? [
        { at: lower, label: "usual from" },
        { at: upper, label: "usual to" },
      ]
    : [{ at: centre, label: "usual" }];
  return limits.flatMap(({ at, label }) => (at === null ? [] : { axis: "y" as const, at, label }));
}

function weekTick(week: number | string): string {
  return dayShort(`${week}T00:00:00Z`);
}

function noteOf(view: Drift, { name, upper }: DriftSeries): string {
  const week = view.weeks[view.at];
  const times = name === "domainAuc" || name === "pcaError" ? "99 times in 100" : "19 times in 20";
  const band = upper === null ? "" : `Band: where a week without drift lies ${times}.`;
  if (name === "reportedRate" && week?.reportedInterval != null) {
    const { lower, upper } = week.reportedInterval;
    return `${week.reported} frauds known by the week's end, ${percent(lower, 2)} to ${percent(upper, 2)}. Band: each week's own 95 % interval; lines: where a week without drift lies ${times}.`;
  }
  if (name === "missedRate" && week?.caughtInterval != null) {
    const { lower, upper } = week.caughtInterval;
    return `Of reported frauds ${percent(week.figures.caughtShare)} were caught (${percent(lower)} to ${percent(upper)}). ${band}`;
  }
  if (name === "domainAuc" && view.givenAwayBy.length > 0) {
    const names = view.givenAwayBy.slice(0, 3).map(({ text, share }) => `${text} (${percent(share, 0)})`);
    return `Given away most by ${names.join(", ")}. ${band}`;
  }
  return band;
}
