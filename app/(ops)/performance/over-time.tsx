"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { scoreText, trendWords } from "./reading.ts";
import type { windowInput } from "./search-params.ts";
import type { Period, Served, OverTime as View } from "./types.ts";
import { useSettled } from "./use-settled.ts";

type OverTimeProps = { input: ReturnType<typeof windowInput>; threshold: number };

const asPercent = (value: number | string): string => percent(Number(value), 0);

/** Recall and precision by payment day or week: the policy as served, and the chosen threshold. */
export function OverTime({ input, threshold }: OverTimeProps): ReactNode {
  const trpc = useTRPC();
  const settled = useSettled(threshold);
  const query = useQuery(
    trpc.performance.overTime.queryOptions(
      { ...input, threshold: settled },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  if (query.isPending) {
    return (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
    );
  }
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  const { unit, periods } = query.data;
  const per = unit === "day" ? "payment day" : "week of payment (from Monday)";
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <RateChart
        title={trendWords(periods, "recall")}
        name="recall"
        label={`Recall, by ${per}`}
        view={query.data}
        threshold={settled}
      />
      <RateChart
        title={trendWords(periods, "precision")}
        name="precision"
        label={`Precision, by ${per}`}
        view={query.data}
        threshold={settled}
      />
    </div>
  );
}

type RateChartProps = {
  title: string;
  name: "recall" | "precision";
  label: string;
  view: View;
  threshold: number;
};

function RateChart({ title, name, label, view, threshold }: RateChartProps): ReactNode {
  const atThreshold = `from ${scoreText(threshold)}`;
  const rows = view.periods.map((period) => ({
    from: period.from,
    served: period.served[name],
    low: intervalOf(period.served, name)?.lower ?? null,
    high: intervalOf(period.served, name)?.upper ?? null,
    threshold: period.atThreshold[name],
  }));
  return (
    <ChartFrame
      title={title}
      note="Only payments whose truth is known. Band: 95 % Wilson interval of the policy as served."
      fileName={`${name}-over-time`}
      values={tableOf(view.periods, name, atThreshold)}
    >
      <LineChart
        description={label}
        height={220}
        rows={rows}
        x={{ key: "from", label, format: (value) => dayShort(String(value)), type: "category" }}
        y={{ label: name === "recall" ? "Recall" : "Precision", format: asPercent, domain: [0, 1] }}
        series={[
          {
            key: "served",
            label: "policy",
            color: "champion",
            marks: rows.length < 40 ? "filled" : "hollow",
            band: { lowKey: "low", highKey: "high" },
          },
          {
            key: "threshold",
            label: atThreshold,
            color: "second",
            isDashed: true,
            labelAt: furthestApart(rows),
          },
        ]}
      />
    </ChartFrame>
  );
}

/** Where the two lines are easiest to tell apart. */
function furthestApart(
  rows: readonly { readonly served: number | null; readonly threshold: number | null }[],
): number {
  const gaps = rows.map(({ served, threshold }) =>
    served === null || threshold === null ? -1 : Math.abs(served - threshold),
  );
  return Math.max(0, gaps.indexOf(Math.max(...gaps)));
}

function intervalOf(served: Served, name: "recall" | "precision") {
  return name === "recall" ? served.recallInterval : served.precisionInterval;
}

function tableOf(periods: readonly Period[], name: "recall" | "precision", atThreshold: string) {
  const columns = ["From", "Known share", "Frauds", "Policy", "Low", "High", atThreshold];
  return {
    columns,
    rows: periods.map((period) => [
      period.from,
      period.knownShare,
      period.served.tp + period.served.fn,
      period.served[name],
      intervalOf(period.served, name)?.lower ?? null,
      intervalOf(period.served, name)?.upper ?? null,
      period.atThreshold[name],
    ]),
  };
}
