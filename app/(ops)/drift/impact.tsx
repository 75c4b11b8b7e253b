import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { impactFigures, impactReading } from "./impact-words.ts";
import type { Drift, DriftSeries } from "./types.ts";
import { seriesValue, seriesWords } from "./words.ts";

const definitions = {
  estimatedRecall:
    "Share of fraud that the policy would question or stop, estimated from calibrated scores before any label (CBPE).",
  estimatedCost:
    "Mean of what each payment is expected to cost by the policy's own answer, in minor units, before any label.",
  alertRate: "Share of payments that the policy sends to review or declines.",
  reportedRate: "Share of payments reported as fraud by the week's end, so that every week is equally young.",
} as const;

/** What the week's shift does to recall, cost and case load, beside what is usual. */
export function Impact({ view }: { view: Drift }): ReactNode {
  return (
    <Card title={impactReading(view)}>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {impactFigures.map((name) => {
          const series = view.series.find((each) => each.name === name);
          return series === undefined ? null : <Figure key={name} series={series} at={view.at} name={name} />;
        })}
      </div>
    </Card>
  );
}

type FigureProps = { series: DriftSeries; at: number; name: (typeof impactFigures)[number] };

function Figure({ series, at, name }: FigureProps): ReactNode {
  const { value = null, outside = null } = series.weeks[at] ?? {};
  const { lower, upper } = series;
  const isKnown = value !== null && lower !== null && upper !== null;
  return (
    <Stat
      label={seriesWords[name].name}
      definition={definitions[name]}
      value={
        <span className="flex items-center gap-2">
          {seriesValue(name, value)}
          {isKnown && (
            <Badge tone={outside === null ? "neutral" : "decline"} shape={outside === null ? "○" : "●"}>
              {outside === null ? "as usual" : outside}
            </Badge>
          )}
        </span>
      }
      note={
        lower === null || upper === null
          ? "what is usual is not known yet"
          : `usual: ${seriesValue(name, lower)} to ${seriesValue(name, upper)} ${name === "estimatedCost" ? seriesWords[name].unit : ""}`
      }
    />
  );
}
