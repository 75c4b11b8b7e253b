"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { ValueTable } from "#app/charts/value-table.tsx";
import { count, percent } from "#app/format/number.ts";
import { instant, relative } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { useNow } from "#app/ui/now.tsx";
import type { Drift } from "./types.ts";
import { weekWords } from "./words.ts";

/** Schema, ranges, freshness and volume by source of what was served in a week. */
export function ServedData({ view }: { view: Drift }): ReactNode {
  const week = view.weeks[view.at];
  if (week === undefined) return null;
  const { served } = week;
  const before = view.weeks[view.at - 1]?.served;
  const changed = view.features.filter(({ quality }) => quality !== null);
  const sources = served.sources.map(({ origin, channel, payments }) => {
    const earlier = before?.sources.find((source) => source.origin === origin && source.channel === channel);
    return [origin, channel ?? "not said", payments, before === undefined ? null : (earlier?.payments ?? 0)];
  });
  const shownSources = sources.map((row) =>
    row.map((cell) => (typeof cell === "number" ? count(cell) : cell)),
  );
  const columns = ["Origin", "Channel", "Payments", "Week before"];
  const withGaps = view.features.filter(
    ({ missing, unseen, outside }) => (missing ?? 0) + (unseen ?? 0) + (outside ?? 0) > 0,
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Schema and freshness">
        <Facts view={view} />
      </Card>
      <ChartFrame
        title={`${count(served.decisions)} decisions from ${served.sources.length} sources`}
        note={weekWords(week.week)}
        fileName="drift-sources"
        values={{ columns, rows: sources }}
      >
        <ValueTable label="Payments by source" values={{ columns, rows: shownSources }} />
      </ChartFrame>
      <div className="lg:col-span-2">
        <ChartFrame
          title={
            changed.length === 0
              ? "No feature is missing, unseen or out of range more than before"
              : `${changed.length} features are missing, unseen or out of range unlike in any usual week`
          }
          note="Shares of the week's payments; features without any are left out. Unseen: a category the reference does not know. Out of range: beyond its least or largest value."
          fileName="drift-data"
          values={dataTable(withGaps)}
        >
          <ValueTable label="Missing, unseen and out of range" values={shownTable(withGaps)} />
        </ChartFrame>
      </div>
    </div>
  );
}

function Facts({ view }: { view: Drift }): ReactNode {
  const now = useNow();
  const { served, rows } = view.weeks[view.at] ?? { served: null, rows: 0 };
  const { newestPayment, newestLabel, featureSetVersion } = view.freshness;
  const ago = (at: string | null): string =>
    at === null ? "–" : now === null ? instant(at) : relative(at, now);
  const facts: readonly (readonly [string, string])[] = [
    ["Newest payment", ago(newestPayment)],
    ["Newest label", ago(newestLabel)],
    ["Feature set", featureSetVersion],
    ["Payments looked at", count(rows)],
    ["Decisions with features of another version", count(served?.otherFeatures ?? null)],
    ["Decisions that no model could score", count(served?.unscored ?? null)],
  ];
  return (
    <dl className="grid gap-1.5 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-2">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const dataColumns = ["Feature", "Missing", "Unseen", "Out of range", "Unlike before"];

function dataTable(features: Drift["features"]) {
  return {
    columns: dataColumns,
    rows: features.map(({ text, missing, unseen, outside, quality }) => [
      text,
      missing,
      unseen,
      outside,
      quality ?? "",
    ]),
  };
}

function shownTable(features: Drift["features"]) {
  return {
    columns: dataColumns,
    rows: features.map(({ text, missing, unseen, outside, quality }) => [
      text,
      percent(missing, 2),
      percent(unseen, 2),
      percent(outside, 2),
      quality === null ? "" : quality === "outside" ? "out of range" : quality,
    ]),
  };
}
