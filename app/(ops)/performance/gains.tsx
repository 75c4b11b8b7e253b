"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOfShare, logShareText, logShareTicks } from "#app/charts/log-share.ts";
import { percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { gainReading, liftReading } from "./gain-words.ts";
import type { Bands, Gain, Performance } from "./types.ts";

/** The smallest share that is shown. */
const LEAST = 1e-3;
const x = {
  key: "place",
  label: "Share of payments, highest scores first",
  format: logShareText,
  domain: [Math.log10(LEAST), 0],
  ticks: logShareTicks(LEAST),
} as const;

type GainsProps = {
  view: Performance;
  query: {
    isPending: boolean;
    error: { message: string } | null;
    refetch: () => unknown;
    data: Bands | null | undefined;
  };
};

/** How much of the fraud the highest scores hold, and how much more than chance. */
export function Gains({ view, query }: GainsProps): ReactNode {
  if (query.isPending) {
    return (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
    );
  }
  if (query.error !== null) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (query.data == null) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <GainChart view={view} gains={query.data.gains} />
      <LiftChart gains={query.data.gains} />
    </div>
  );
}

function GainChart({ view: { counts }, gains }: { view: Performance; gains: readonly Gain[] }): ReactNode {
  const prevalence = counts.fraud / Math.max(1, counts.fraud + counts.legitimate);
  const rows = gains.map(({ share, gain, gainInterval }) => ({
    place: logOfShare(share, LEAST),
    gain,
    low: gainInterval?.lower ?? null,
    high: gainInterval?.upper ?? null,
    perfect: prevalence === 0 ? null : Math.min(1, share / prevalence),
    random: share,
  }));
  return (
    <ChartFrame
      title={gainReading(gains)}
      note="Cumulative gains of the known payments. Band: 95 % interval, by drawing customers anew."
      fileName="gains"
      values={{
        columns: ["Share of payments", "Payments", "Frauds", "Share of frauds", "Low", "High", "Precision"],
        rows: gains.map(({ share, k, frauds, gain, gainInterval, precision }) => [
          share,
          k,
          frauds,
          gain,
          gainInterval?.lower ?? null,
          gainInterval?.upper ?? null,
          precision,
        ]),
      }}
    >
      <LineChart
        description={gainReading(gains)}
        rows={rows}
        names="legend"
        x={x}
        y={{ label: "Share of all frauds", format: (value) => percent(Number(value), 0), domain: [0, 1] }}
        series={[
          {
            key: "gain",
            label: "scores as served",
            color: "champion",
            marks: "filled",
            band: { lowKey: "low", highKey: "high" },
          },
          { key: "perfect", label: "perfect ranking", color: "third", isDashed: true },
          { key: "random", label: "random ranking", color: "reference", isDashed: true },
        ]}
      />
    </ChartFrame>
  );
}

function LiftChart({ gains }: { gains: readonly Gain[] }): ReactNode {
  const rows = gains.map(({ share, lift, liftInterval }) => ({
    place: logOfShare(share, LEAST),
    lift,
    low: liftInterval?.lower ?? null,
    high: liftInterval?.upper ?? null,
  }));
  const times = (value: number | string): string => `${Number(Number(value).toPrecision(3))} ×`;
  return (
    <ChartFrame
      title={liftReading(gains)}
      note="Lift: share of frauds among the highest scores over their share among all. Band: 95 % interval, by drawing customers anew."
      fileName="lift"
      values={{
        columns: ["Share of payments", "Payments", "Lift", "Low", "High"],
        rows: gains.map(({ share, k, lift, liftInterval }) => [
          share,
          k,
          lift,
          liftInterval?.lower ?? null,
          liftInterval?.upper ?? null,
        ]),
      }}
    >
      <LineChart
        description={liftReading(gains)}
        rows={rows}
        x={x}
        y={{ label: "Lift: times as many frauds as chance", format: times }}
        series={[
          {
            key: "lift",
            label: "lift",
            color: "champion",
            marks: "filled",
            band: { lowKey: "low", highKey: "high" },
          },
        ]}
        references={[{ axis: "y", at: 1, label: "random ranking 1 ×", side: "left" }]}
      />
    </ChartFrame>
  );
}
