"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { brierTrend, type CalibratedWeek, calibratedWeeks, eceReading } from "./calibration-weeks-words.ts";

const WEEKS = 52;

const weekAxis = {
  key: "from",
  label: "Week of payment (from Monday)",
  format: (value: number | string) => dayShort(String(value)),
  type: "category",
} as const;

/** ECE, the Brier score and its parts by week of payment, over the last year. */
export function CalibrationWeeks({ version }: { version: string | null }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.performance.cohorts.queryOptions(
      { version: version ?? "all", threshold: 0.5, weeks: WEEKS },
      { staleTime: 60_000 },
    ),
  );
  if (query.isPending) return <Skeleton className="h-80" />;
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  const weeks = calibratedWeeks(query.data.cohorts);
  if (weeks.length === 0) {
    return (
      <Card>
        <EmptyState title="No week can be told yet" icon="chart">
          A week shows its calibration once half of its payments are {query.data.maturityDays} days old and 50
          of them are known frauds.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <EceChart weeks={weeks} />
      <BrierChart weeks={weeks} />
      <PartsChart weeks={weeks} />
    </div>
  );
}

function EceChart({ weeks }: { weeks: readonly CalibratedWeek[] }): ReactNode {
  const rows = weeks.map(({ from, calibration }) => ({
    from,
    ece: calibration.ece,
    chance: calibration.eceByChance,
  }));
  return (
    <ChartFrame
      title={eceReading(weeks)}
      note="Mean gap of score and fraud rate over 20 bins of equal mass. “By chance”: what calibrated scores stay under in 95 of 100 such weeks."
      fileName="ece-by-week"
      values={{
        columns: ["Week from", "ECE", "By chance", "Frauds"],
        rows: weeks.map(({ from, calibration, knownFrauds }) => [
          from,
          calibration.ece,
          calibration.eceByChance,
          knownFrauds,
        ]),
      }}
    >
      <LineChart
        description="Expected calibration error by week, with what chance alone gives"
        height={220}
        rows={rows}
        x={weekAxis}
        y={{ label: "ECE", format: (value) => percent(Number(value), 2), domain: [0, "auto"] }}
        series={[
          { key: "ece", label: "ECE", color: "champion", marks: "filled" },
          { key: "chance", label: "by chance", color: "reference", isDashed: true },
        ]}
      />
    </ChartFrame>
  );
}

function BrierChart({ weeks }: { weeks: readonly CalibratedWeek[] }): ReactNode {
  const rows = weeks.map(({ from, calibration: { brier, brierInterval, parts } }) => ({
    from,
    brier,
    low: brierInterval?.lower ?? null,
    high: brierInterval?.upper ?? null,
    uncertainty: parts.uncertainty,
  }));
  return (
    <ChartFrame
      title={brierTrend(weeks)}
      note="Mean squared gap of score and truth; lower is better. Band: 95 %, over customers. “Base rate”: the week's fraud rate given to every payment."
      fileName="brier-by-week"
      values={{
        columns: ["Week from", "Brier", "Low", "High", "Base rate"],
        rows: rows.map(({ from, brier, low, high, uncertainty }) => [from, brier, low, high, uncertainty]),
      }}
    >
      <LineChart
        description="Brier score by week, with that of the base rate alone"
        height={220}
        rows={rows}
        x={weekAxis}
        y={{ label: "Brier score", format: (value) => Number(value).toPrecision(2), domain: [0, "auto"] }}
        series={[
          {
            key: "brier",
            label: "Brier",
            color: "champion",
            marks: "filled",
            band: { lowKey: "low", highKey: "high" },
          },
          { key: "uncertainty", label: "base rate", color: "reference", isDashed: true },
        ]}
      />
    </ChartFrame>
  );
}

const shareOf = (part: number, { uncertainty }: CalibratedWeek["calibration"]["parts"]): number | null =>
  uncertainty === 0 ? null : part / uncertainty;

function PartsChart({ weeks }: { weeks: readonly CalibratedWeek[] }): ReactNode {
  const rows = weeks.map(({ from, calibration: { parts } }) => ({
    from,
    explained: shareOf(parts.resolution - parts.withinBins, parts),
    lost: shareOf(parts.reliability, parts),
  }));
  const last = rows.at(-1);
  return (
    <ChartFrame
      title={`Scores explained ${percent(last?.explained ?? null)} of what is uncertain in the last week; miscalibration lost ${percent(last?.lost ?? null, 2)}`}
      note="Brier = uncertainty − resolution + reliability + inside bins. Drawn as shares of uncertainty; resolution with what scores tell apart inside bins."
      fileName="brier-parts-by-week"
      values={{
        columns: ["Week from", "Uncertainty", "Resolution", "Reliability", "Inside bins"],
        rows: weeks.map(({ from, calibration: { parts } }) => [
          from,
          parts.uncertainty,
          parts.resolution,
          parts.reliability,
          parts.withinBins,
        ]),
      }}
    >
      <LineChart
        description="Resolution and reliability by week, as shares of uncertainty"
        height={220}
        rows={rows}
        x={weekAxis}
        y={{
          label: "Share of uncertainty",
          format: (value) => percent(Number(value), 0),
          domain: [0, "auto"],
        }}
        series={[
          { key: "explained", label: "resolution", color: "champion", marks: "filled" },
          { key: "lost", label: "reliability", color: "second", isDashed: true, marks: "hollow" },
        ]}
      />
    </ChartFrame>
  );
}
