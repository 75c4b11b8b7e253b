"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { count, percent, plural } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Select } from "#app/ui/field.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { qualityWord } from "#server/domain/drift-alert.ts";
import { driftParams } from "./search-params.ts";
import { changedReading, daysReading } from "./served-words.ts";
import type { Served } from "./types.ts";

const dayAxis = {
  key: "day",
  label: "Day, UTC",
  type: "category",
  format: (day: number | string) => dayShort(`${day}T00:00:00Z`),
} as const;

/** How much was served each day, and how whole the features were. */
export function ServedDays(): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.drift.served.queryOptions({}, { staleTime: 60_000 }));
  if (query.isPending) {
    return (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
    );
  }
  if (query.isError) {
    return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  }
  if (query.data === null) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Volume served={query.data} />
      <FeatureDays served={query.data} />
    </div>
  );
}

function Volume({ served }: { served: Served }): ReactNode {
  const title = daysReading(served);
  return (
    <ChartFrame
      title={title}
      note="Decided payments by the day on which they took place; today is not over."
      fileName="drift-volume"
      values={{
        columns: ["Day", "Decided", "Without a score", "Features unlike before"],
        rows: served.days.map(({ day, decisions, unscored, changed }) => [day, decisions, unscored, changed]),
      }}
    >
      <LineChart
        description={title}
        height={220}
        rows={served.days.map(({ day, decisions, unscored }) => ({ day, decisions, unscored }))}
        x={dayAxis}
        y={{ label: "Payments a day", format: (value) => count(Number(value)), domain: [0, "auto"] }}
        series={[
          { key: "decisions", label: "decided", color: "champion", marks: "filled" },
          { key: "unscored", label: "without a score", color: "decline", marks: "hollow" },
        ]}
      />
    </ChartFrame>
  );
}

const kinds = ["missing", "unseen", "outside"] as const;
const colors = { missing: "second", unseen: "third", outside: "fourth" } as const;

function FeatureDays({ served }: { served: Served }): ReactNode {
  const [wanted, setWanted] = useQueryState("served", driftParams.served);
  const feature = served.features.find(({ name }) => name === wanted) ?? served.features[0];
  if (feature === undefined) return null;
  const { text, usual, days } = feature;
  const title = changedReading(feature);
  const rows = days.map((day) => ({
    day: day.day,
    ...Object.fromEntries(kinds.map((kind) => [kind, day.rows === 0 ? null : day[kind] / day.rows])),
  }));
  // lines along zero would only lie on each other
  const drawn = kinds.filter((kind) => kind === "missing" || days.some((day) => day[kind] > 0));
  const range = (kind: (typeof kinds)[number]): string =>
    usual === null ? "" : `${qualityWord(kind)} ${percent(usual[kind][0])} to ${percent(usual[kind][1])}`;
  return (
    <ChartFrame
      title={title}
      note={
        usual === null
          ? "What is usual is not known yet."
          : `In usual weeks: ${kinds.map(range).join(", ")}. Days under ${plural(served.needed, "payment")} are not judged.`
      }
      fileName={`drift-days-${feature.name}`}
      values={{
        columns: ["Day", "Payments", "Missing", "Unseen", "Out of range", "Unlike before"],
        rows: days.map(({ day, rows: n, missing, unseen, outside, change }) => [
          day,
          n,
          missing,
          unseen,
          outside,
          change === null ? "" : qualityWord(change),
        ]),
      }}
    >
      <div className="pb-2">
        <Select
          label="Feature"
          options={served.features.map(({ name, text: words, days: own }) => ({
            value: name,
            label: `${own.some(({ change }) => change !== null) ? "◐ " : ""}${words}`,
          }))}
          value={feature.name}
          onValueChange={(name) => void setWanted(name)}
        />
      </div>
      <LineChart
        description={`Shares of ${text} that are missing, unseen or out of range, by day`}
        height={160}
        rows={rows}
        x={dayAxis}
        y={{ label: "Share of payments", format: (value) => percent(Number(value), 0), domain: [0, "auto"] }}
        series={drawn.map((kind) => ({
          key: kind,
          label: qualityWord(kind),
          color: colors[kind],
          marks: "filled",
        }))}
      />
    </ChartFrame>
  );
}
