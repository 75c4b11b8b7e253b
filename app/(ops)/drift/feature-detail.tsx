"use client";
import type { ReactNode } from "react";
import { BarChart } from "#app/charts/bar-chart.tsx";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { capitalised } from "../models/words.ts";
import type { ChampionOfDrift, FeatureDrift } from "./types.ts";
import { binWords, featureReading, sharesOf } from "./words.ts";

type FeatureDetailProps = { feature: FeatureDrift; champion: ChampionOfDrift };

const asPercent = (value: number | string): string => percent(Number(value), 0);

/** The two distributions of one feature on the reference's bins, and what stands beside them. */
export function FeatureDetail({ feature, champion }: FeatureDetailProps): ReactNode {
  const names = binWords(feature);
  const [now, then] = [sharesOf(feature.counts), sharesOf(feature.referenceCounts)];
  const rows = names.map((bin, at) => ({ bin, reference: then[at] ?? 0, now: now[at] ?? 0 }));
  const until = new Date(new Date(champion.referenceTo).getTime() - 1);
  return (
    <ChartFrame
      title={capitalised(featureReading(feature))}
      note={`Bins hold a tenth of the reference each: ${count(champion.referenceRows)} payments of ${day(champion.referenceFrom)} – ${day(until)}. Missing values are left out.`}
      fileName={`drift-${feature.name}`}
      values={{
        columns: ["Bin", "Reference rows", "Window rows", "Reference share", "Window share"],
        rows: names.map((bin, at) => [
          bin,
          feature.referenceCounts[at] ?? 0,
          feature.counts[at] ?? 0,
          then[at] ?? 0,
          now[at] ?? 0,
        ]),
      }}
    >
      <BarChart
        description={featureReading(feature)}
        height={300}
        rows={rows}
        x={{ key: "bin", label: unitWords(feature), format: String }}
        y={{ label: "Share", format: asPercent }}
        series={[
          { key: "reference", label: "Training reference", color: "reference" },
          { key: "now", label: "This window", color: "champion" },
        ]}
      />
      <dl className="mt-2 grid gap-y-1.5 text-xs">
        <Fact name="Payments in the window" value={count(feature.rows)} />
        <Fact name="PSI by chance alone" value={feature.psiByChance?.toFixed(4) ?? "–"} />
        <Fact name="Missing now" value={percent(feature.missingRate, 2)} />
        <Fact name="Missing in the reference" value={percent(feature.referenceMissingRate, 2)} />
      </dl>
    </ChartFrame>
  );
}

function unitWords({ unit, name }: FeatureDrift): string {
  if (name === "score") return "Score";
  return unit === "minor" ? "Value, minor units" : `Value, ${unit.replaceAll("_", " ")}`;
}

function Fact({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <div className="flex justify-between gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}
