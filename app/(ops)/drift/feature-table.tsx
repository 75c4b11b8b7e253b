"use client";
import type { ReactNode } from "react";
import { CsvButton } from "#app/charts/csv-button.tsx";
import { percent, plural } from "#app/format/number.ts";
import { dayShort } from "#app/format/time.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { capitalised } from "../models/words.ts";
import { heatValues, pageOf } from "./feature-pages.ts";
import type { Drift, FeatureDrift } from "./types.ts";
import { featureLooks, levelOf } from "./words.ts";

type FeatureTableProps = {
  view: Drift;
  selected: string;
  onSelect: (feature: string) => void;
  /** from 1 */
  page: number;
  onPage: (page: number) => void;
};

/** Features, worst first, a page at a time, with each week's PSI as a heat map; the score stands above them. */
export function FeatureTable({ view, selected, onSelect, page, onPage }: FeatureTableProps): ReactNode {
  const shown = pageOf(view.features, page);
  return (
    <Card padded={false}>
      <DataTable
        caption="Drift of features, by drift times importance"
        columns={columnsFor(view)}
        rows={shown.number === 1 ? [view.score, ...shown.rows] : [...shown.rows]}
        rowKey={(feature) => feature.name}
        selectedKey={selected}
        onOpen={(feature) => onSelect(feature.name)}
      />
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2">
        <span className="text-xs text-muted">
          {shown.from + 1}–{shown.from + shown.rows.length} of {plural(view.features.length, "feature")}, by
          drift × importance
        </span>
        <span className="ml-auto flex items-center gap-1">
          <CsvButton values={heatValues(view)} fileName="drift-features" />
          <Button
            look="quiet"
            size="small"
            disabled={shown.number === 1}
            onClick={() => onPage(shown.number - 1)}
          >
            Worse
          </Button>
          <Button
            look="quiet"
            size="small"
            disabled={shown.number === shown.pages}
            onClick={() => onPage(shown.number + 1)}
          >
            Steadier
          </Button>
        </span>
      </div>
    </Card>
  );
}

const column = columnsOf<FeatureDrift>();

function columnsFor(view: Drift) {
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
      cell: ({ row: { original } }) => <Psi feature={original} />,
    }),
    column.display({
      id: "level",
      header: "Reading",
      cell: ({ row: { original } }) => <LevelBadge feature={original} />,
    }),
    column.display({
      id: "weeks",
      header: () => <span>{`By week, ${spanOf(view)}`}</span>,
      meta: { from: "md" },
      cell: ({ row: { original } }) => <HeatStrip feature={original} view={view} />,
    }),
    column.display({
      id: "importance",
      header: "Importance",
      meta: { align: "end", from: "sm" },
      cell: ({ row: { original } }) => <span className="text-muted">{percent(original.importance)}</span>,
    }),
  ]);
}

function FeatureName({ feature }: { feature: FeatureDrift }): ReactNode {
  const isScore = feature.name === "score";
  return (
    <span
      title={feature.name}
      className={`block w-40 py-1 leading-4 whitespace-normal sm:w-48 lg:w-64 2xl:w-72 ${isScore ? "font-semibold" : ""}`}
    >
      {isScore ? "Score of the champion" : capitalised(feature.text)}
    </span>
  );
}

function Psi({ feature: { psi, limit } }: { feature: FeatureDrift }): ReactNode {
  const title = limit === null ? "what is usual is not known" : `drift from ${limit.toFixed(3)}`;
  return (
    <span className="font-medium" title={title}>
      {psi?.toFixed(3) ?? "–"}
    </span>
  );
}

function LevelBadge({ feature }: { feature: FeatureDrift }): ReactNode {
  if (feature.isCalendar) return <span className="text-muted">calendar</span>;
  const level = levelOf(feature);
  if (level === null) {
    return <span className="text-muted">{feature.psi === null ? "not enough data" : "usual not known"}</span>;
  }
  const { tone, shape } = featureLooks[level];
  return (
    <Badge tone={tone} shape={shape}>
      {level}
    </Badge>
  );
}

/** A cell per week: the darker, the further from the reference; ringed where beyond chance, hollow without data. */
function HeatStrip({ feature, view }: { feature: FeatureDrift; view: Drift }): ReactNode {
  if (feature.isCalendar) return <span className="text-muted">differs by nature</span>;
  return (
    <span className="flex gap-px" role="img" aria-label={stripWords(feature, view)}>
      {view.weeks.map(({ week, phase, rows }, at) => {
        const psi = feature.psiByWeek[at] ?? null;
        const moved = feature.movedAt.includes(at);
        const told = psi === null ? `not enough data, ${rows} payments` : psi.toFixed(3);
        const look = psi === null ? "border border-line" : moved ? "ring-1 ring-ink ring-inset" : "";
        return (
          <span
            key={week}
            title={`Week of ${dayShort(`${week}T00:00:00Z`)}${phase === "baseline" ? " (usual)" : ""}: ${told}${moved ? ", moved" : ""}`}
            className={`h-4 flex-1 rounded-xs ${look}`}
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

function stripWords(feature: FeatureDrift, view: Drift): string {
  const moved = view.weeks.filter((_, at) => feature.movedAt.includes(at));
  if (feature.psiByWeek.every((psi) => psi === null)) return "no week has enough payments";
  if (feature.limit === null) return `${view.weeks.length} weeks; what is usual is not known yet`;
  const first = moved[0];
  return first === undefined
    ? `within chance in all of ${view.weeks.length} weeks`
    : `moved in ${moved.length} of ${view.weeks.length} weeks, first in that of ${dayShort(`${first.week}T00:00:00Z`)}`;
}

function spanOf({ weeks }: Drift): string {
  const [first, last] = [weeks[0]?.week, weeks.at(-1)?.week];
  if (first === undefined || last === undefined) return "";
  return `${dayShort(`${first}T00:00:00Z`)} – ${dayShort(`${last}T00:00:00Z`)}`;
}
