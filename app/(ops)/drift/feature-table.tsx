"use client";
import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { capitalised } from "../models/words.ts";
import type { Drift, FeatureDrift } from "./types.ts";
import { levelLooks, levelOf } from "./words.ts";

type FeatureTableProps = { view: Drift; selected: string; onSelect: (feature: string) => void };

/** Every feature, worst first, with each day's PSI as a heat map; the score stands above them. */
export function FeatureTable({ view, selected, onSelect }: FeatureTableProps): ReactNode {
  const days = daysOf(view);
  return (
    <Card padded={false}>
      <DataTable
        caption="Drift of every feature, worst first"
        columns={columnsFor(days)}
        rows={[view.score, ...view.features]}
        rowKey={(feature) => feature.name}
        selectedKey={selected}
        onOpen={(feature) => onSelect(feature.name)}
      />
    </Card>
  );
}

const column = columnsOf<FeatureDrift>();

function columnsFor(days: readonly string[]) {
  return column.columns([
    column.display({
      id: "feature",
      header: "Feature",
      cell: ({ row: { original } }) => <FeatureName feature={original} />,
    }),
    column.display({
      id: "psi",
      header: "PSI",
      meta: { align: "end" },
      cell: ({ row: { original } }) => <span className="font-medium">{original.psi?.toFixed(3) ?? "–"}</span>,
    }),
    column.display({
      id: "level",
      header: "Reading",
      cell: ({ row: { original } }) => <LevelBadge feature={original} />,
    }),
    column.display({
      id: "days",
      header: () => <span>{days.length === 0 ? "By day" : `By day, ${dayRange(days)}`}</span>,
      meta: { from: "md" },
      cell: ({ row: { original } }) => <HeatStrip feature={original} days={days} />,
    }),
    column.display({
      id: "missing",
      header: "Missing",
      meta: { align: "end", from: "sm" },
      cell: ({ row: { original } }) => <Missing feature={original} />,
    }),
  ]);
}

function FeatureName({ feature }: { feature: FeatureDrift }): ReactNode {
  const isScore = feature.name === "score";
  return (
    <span
      title={feature.name}
      className={`block w-40 py-1 leading-4 whitespace-normal sm:w-48 2xl:w-80 ${isScore ? "font-semibold" : ""}`}
    >
      {isScore ? "Score of the champion" : capitalised(feature.text)}
    </span>
  );
}

function LevelBadge({ feature }: { feature: FeatureDrift }): ReactNode {
  if (feature.isCalendar) return <span className="text-faint">calendar</span>;
  const level = levelOf(feature.psi);
  if (level === null) return <span className="text-faint">not enough data</span>;
  const { tone, shape } = levelLooks[level];
  return (
    <Badge tone={tone} shape={shape}>
      {level}
    </Badge>
  );
}

function Missing({ feature }: { feature: FeatureDrift }): ReactNode {
  const { missingRate, referenceMissingRate } = feature;
  const change = (missingRate ?? 0) - (referenceMissingRate ?? 0);
  const title = `${percent(referenceMissingRate)} in the reference`;
  return (
    <span title={title} className={Math.abs(change) >= 0.05 ? "font-medium text-decline" : "text-muted"}>
      {percent(missingRate)}
      {missingRate !== null && Math.abs(change) >= 0.001 && (change > 0 ? " ↑" : " ↓")}
    </span>
  );
}

/** A cell per day: the darker, the further from the reference. Days under 500 payments are hollow. */
function HeatStrip({ feature, days }: { feature: FeatureDrift; days: readonly string[] }): ReactNode {
  if (feature.isCalendar) return <span className="text-faint">differs by nature</span>;
  const byDay = new Map(feature.days.map((day) => [day.day, day]));
  return (
    <span className="flex gap-px" role="img" aria-label={stripWords(feature)}>
      {days.map((day) => {
        const psi = byDay.get(day)?.psi ?? null;
        return (
          <span
            key={day}
            title={`${dayShort(day)}: ${psi === null ? `not enough data, ${byDay.get(day)?.rows ?? 0} payments` : psi.toFixed(3)}`}
            className={`h-4 flex-1 rounded-xs ${psi === null ? "border border-line" : ""}`}
            style={{ minWidth: 4, maxWidth: 18, ...(psi === null ? {} : { background: heat(psi) }) }}
          />
        );
      })}
    </span>
  );
}

const FULL_HEAT = 0.5;

function heat(psi: number): string {
  const share = Math.round(8 + 92 * Math.min(1, Math.sqrt(psi / FULL_HEAT)));
  return `color-mix(in oklab, var(--chart-4) ${share}%, var(--sunken))`;
}

function stripWords(feature: FeatureDrift): string {
  const known = feature.days.filter((day) => day.psi !== null);
  const last = known.at(-1);
  return last === undefined
    ? "no day has enough payments"
    : `PSI ${last.psi?.toFixed(3)} on ${dayShort(last.day)}`;
}

function daysOf(view: Drift): string[] {
  const days = new Set<string>();
  for (const feature of [view.score, ...view.features]) for (const { day } of feature.days) days.add(day);
  return [...days].sort();
}

function dayRange(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? dayShort(first) : `${dayShort(first)} – ${dayShort(last)}`;
}
