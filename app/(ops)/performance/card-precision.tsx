"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { dayShort } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { cardNote, cardReading, checkOptions } from "./card-words.ts";
import { curveParams, type windowInput } from "./search-params.ts";
import type { CardPrecision } from "./types.ts";

const shareText = (value: number | string): string => `${Number((Number(value) * 100).toPrecision(3))} %`;

/** What so many checks of cards a day would have found, beside the most that they could find. */
export function CardPrecisionCard({ input }: { input: ReturnType<typeof windowInput> }): ReactNode {
  const trpc = useTRPC();
  const [{ checks }, setParams] = useQueryStates(curveParams, { history: "replace" });
  const query = useQuery(
    trpc.performance.cardPrecision.queryOptions(
      { ...input, k: checks },
      { placeholderData: keepPreviousData, staleTime: 60_000 },
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
  if (query.data === null || query.data.days.length === 0) return null;
  return (
    <CardPrecisionChart
      view={query.data}
      choice={
        <Select
          label="Cards checked a day"
          isLabelHidden
          options={checkOptions(query.data, checks)}
          value={checks === null ? "policy" : String(checks)}
          onValueChange={(value) => void setParams({ checks: value === "policy" ? null : Number(value) })}
          className="w-44"
        />
      }
    />
  );
}

function CardPrecisionChart({ view, choice }: { view: CardPrecision; choice: ReactNode }): ReactNode {
  const rows = view.days.map(({ day, precision, interval, reachable }) => ({
    day,
    precision,
    low: interval?.lower ?? null,
    high: interval?.upper ?? null,
    reachable,
  }));
  return (
    <ChartFrame
      title={cardReading(view)}
      note={cardNote(view)}
      fileName="card-precision"
      values={{
        columns: ["Day", "Cards", "Compromised", "Found", "Precision", "Low", "High", "Reachable"],
        rows: view.days.map((day) => [
          day.day,
          day.cards,
          day.compromised,
          day.found,
          day.precision,
          day.interval?.lower ?? null,
          day.interval?.upper ?? null,
          day.reachable,
        ]),
      }}
    >
      <div className="flex justify-end">{choice}</div>
      <LineChart
        description={cardReading(view)}
        height={220}
        rows={rows}
        names="legend"
        x={{
          key: "day",
          label: "Payment day (UTC)",
          format: (value) => dayShort(String(value)),
          type: "category",
        }}
        y={{ label: `Compromised cards of ${view.k} checked`, format: shareText }}
        series={[
          {
            key: "precision",
            label: "found",
            color: "champion",
            marks: rows.length < 40 ? "filled" : "hollow",
            band: { lowKey: "low", highKey: "high" },
          },
          { key: "reachable", label: "reachable", color: "third", isDashed: true },
        ]}
      />
    </ChartFrame>
  );
}
