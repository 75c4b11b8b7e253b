"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOddsOf, scoreOfLogOdds, scoreTicks } from "#app/charts/log-odds.ts";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { brierReading, calibrationReading } from "./calibration-reading.ts";
import type { windowInput } from "./search-params.ts";
import type { Calibration } from "./types.ts";

/** The reliability diagram, and what scores promised against what came, week by week. */
export function CalibrationCard({ input }: { input: ReturnType<typeof windowInput> }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.performance.calibration.queryOptions(input, { staleTime: 60_000 }));
  if (query.isPending) return <Skeleton className="h-80" />;
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (query.data === null) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <ReliabilityChart view={query.data} />
      <WeeksChart view={query.data} />
    </div>
  );
}

const rateText = (value: number | string): string =>
  `${Number((scoreOfLogOdds(Number(value)) * 100).toPrecision(3))} %`;

function ReliabilityChart({ view }: { view: Calibration }): ReactNode {
  const bins = view.bins.filter((bin) => bin.count > 0);
  const rows = bins.map(({ meanScore, eventRate, interval }) => ({
    score: logOddsOf(meanScore ?? 0),
    rate: logOddsOf(eventRate ?? 0),
    low: logOddsOf(interval?.lower ?? 0),
    high: logOddsOf(interval?.upper ?? 0),
    diagonal: logOddsOf(meanScore ?? 0),
  }));
  const [from, to] = [rows[0]?.score ?? 0, rows.at(-1)?.score ?? 0];
  const ticks = scoreTicks.map(logOddsOf).filter((tick) => tick >= from && tick <= to);
  return (
    <ChartFrame
      title={calibrationReading(view)}
      note={`${brierReading(view)} Band: 95 % Wilson interval of each bin's fraud rate; bins without fraud stand at the bottom.`}
      fileName="reliability"
      values={{
        columns: ["Mean score", "Fraud rate", "Low", "High", "Payments"],
        rows: bins.map((bin) => [
          bin.meanScore,
          bin.eventRate,
          bin.interval?.lower ?? null,
          bin.interval?.upper ?? null,
          bin.count,
        ]),
      }}
    >
      <LineChart
        description={calibrationReading(view)}
        height={260}
        rows={rows}
        x={{ key: "score", label: "Score, on a scale of log-odds", format: rateText, ticks }}
        y={{
          label: "Fraud rate",
          format: rateText,
          domain: [logOddsOf(0), logOddsOf(1)],
          ticks: scoreTicks.map(logOddsOf),
        }}
        series={[
          {
            key: "rate",
            label: "came",
            color: "champion",
            marks: "filled",
            band: { lowKey: "low", highKey: "high" },
          },
          {
            key: "diagonal",
            label: "as promised",
            color: "reference",
            isDashed: true,
            labelAt: Math.floor(rows.length / 2),
          },
        ]}
      />
    </ChartFrame>
  );
}

function WeeksChart({ view }: { view: Calibration }): ReactNode {
  const asRate = (value: number | string): string => percent(Number(value), 2);
  const rows = view.weeks.map(({ from, meanScore, fraudRate, fraudRateInterval }) => ({
    from,
    promised: meanScore,
    came: fraudRate,
    low: fraudRateInterval?.lower ?? null,
    high: fraudRateInterval?.upper ?? null,
  }));
  return (
    <ChartFrame
      title="What scores promised, and what came, by week of payment"
      note="Only payments whose truth is known. Band: 95 % Wilson interval of the fraud rate. ECE and Brier of a week, in the table, need 50 frauds."
      fileName="calibration-by-week"
      values={{
        columns: [
          "Week from",
          "Payments",
          "Frauds",
          "Mean score",
          "Fraud rate",
          "Low",
          "High",
          "ECE",
          "Brier",
        ],
        rows: view.weeks.map((week) => [
          week.from,
          week.rows,
          week.frauds,
          week.meanScore,
          week.fraudRate,
          week.fraudRateInterval?.lower ?? null,
          week.fraudRateInterval?.upper ?? null,
          week.ece,
          week.brier,
        ]),
      }}
    >
      <LineChart
        description="Mean score and fraud rate by week"
        height={260}
        rows={rows}
        x={{
          key: "from",
          label: "Week of payment (from Monday)",
          format: (value) => dayShort(String(value)),
          type: "category",
        }}
        y={{ label: "Share of payments", format: asRate, domain: [0, "auto"] }}
        series={[
          {
            key: "came",
            label: "came",
            color: "champion",
            marks: "filled",
            band: { lowKey: "low", highKey: "high" },
          },
          { key: "promised", label: "promised", color: "second", isDashed: true },
        ]}
      />
    </ChartFrame>
  );
}
