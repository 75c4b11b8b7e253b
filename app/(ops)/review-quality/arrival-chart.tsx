"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { ChartColor, ChartRow } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { count, percent, plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { arrivalReading, sourceWords } from "./reading.ts";
import type { LabelArrival } from "./types.ts";

/** Few enough to be named on the chart itself; each name stands where its own curve is at that share. */
const drawn: readonly { color: ChartColor; labelFrom: number }[] = [
  { color: "champion", labelFrom: 0.4 },
  { color: "second", labelFrom: 0 },
  { color: "third", labelFrom: 0 },
];

/** How late labels come, by source: what is still missing of young payments. */
export function ArrivalChart(): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.reviewQuality.labelArrival.queryOptions());
  if (query.isPending) return <Skeleton className="h-80" />;
  if (query.isError) {
    return (
      <Card title="How late labels come">
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  const shown = query.data.sources.flatMap(({ curve, ...rest }) =>
    curve === null ? [] : [{ ...rest, curve }],
  );
  if (shown.length === 0) {
    return (
      <Card title="How late labels come">
        <EmptyState title="Not enough labels yet">
          A source shows once {count(query.data.needed)} labels of it are counted. They come from verdicts,
          chargebacks, reports and imports.
        </EmptyState>
      </Card>
    );
  }
  const few = query.data.sources.filter((source) => source.curve === null);
  const plotted = shown.filter(({ source }) => source !== "analyst").slice(0, drawn.length);
  const inTable = shown.filter((one) => !plotted.includes(one)).map(({ source }) => sourceWords[source]);
  const notes = [
    `Of the labels that come within ${query.data.horizonDays} days, for payments of the last year; young payments count as far as they reach. Bands: 95 %.`,
    ...(inTable.length === 0 ? [] : [`In the table only: ${inTable.join(", ")}.`]),
    ...(few.length === 0
      ? []
      : [`Too few to show: ${few.map((one) => sourceWords[one.source]).join(", ")}.`]),
  ];
  const rows = rowsOf(plotted);
  return (
    <ChartFrame
      title={arrivalReading(query.data)}
      note={notes.join(" ")}
      fileName="label-arrival"
      values={tableOf(shown)}
    >
      <LineChart
        description="Share of labels recorded by days since the payment, by source"
        rows={rows}
        x={{ key: "days", label: "Days since the payment", format: (value) => String(value) }}
        y={{ label: "Labels there", format: (value) => percent(Number(value), 0), domain: [0, 1] }}
        series={plotted.map(({ source, curve }, i) => ({
          key: source,
          label: sourceWords[source],
          color: drawn[i]?.color ?? "fifth",
          band: { lowKey: `${source} low`, highKey: `${source} high` },
          labelAt: curve.findIndex((place) => place.share >= (drawn[i]?.labelFrom ?? 0)),
        }))}
        references={[
          { axis: "x", at: query.data.maturityDays, label: `mature: ${query.data.maturityDays} days` },
        ]}
      />
    </ChartFrame>
  );
}

type Shown = { source: LabelArrival["sources"][number]["source"]; labels: number } & {
  curve: NonNullable<LabelArrival["sources"][number]["curve"]>;
};

function rowsOf(shown: readonly Shown[]): ChartRow[] {
  const days = Math.max(...shown.map(({ curve }) => curve.length));
  return Array.from({ length: days }, (_, day) => {
    const row: Record<string, number | null> = { days: day };
    for (const { source, curve } of shown) {
      row[source] = curve[day]?.share ?? null;
      row[`${source} low`] = curve[day]?.interval.lower ?? null;
      row[`${source} high`] = curve[day]?.interval.upper ?? null;
    }
    return row;
  });
}

function tableOf(shown: readonly Shown[]) {
  return {
    columns: ["Source", "Days since the payment", "Labels there", "Low", "High"],
    rows: shown.flatMap(({ source, labels, curve }) =>
      curve.map(({ days, share, interval }) => [
        `${sourceWords[source]} (${plural(labels, "label")})`,
        days,
        share,
        interval.lower,
        interval.upper,
      ]),
    ),
  };
}
