"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BarChart } from "#app/charts/bar-chart.tsx";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { capitalised } from "../models/words.ts";
import { FeatureOverTime } from "./feature-over-time.tsx";
import type { ChampionOfDrift, Drift, FeatureDetail } from "./types.ts";
import { binWords, featureReading, sharesOf } from "./words.ts";

type PanelProps = { feature: string; weeks: number; view: Drift };

/** One feature: its two histograms on the reference's bins, every distance, and its PSI over the weeks. */
export function FeatureDetailPanel({ feature, weeks, view }: PanelProps): ReactNode {
  const trpc = useTRPC();
  const options = { placeholderData: keepPreviousData, staleTime: 60_000 };
  const query = useQuery(trpc.drift.feature.queryOptions({ feature, weeks }, options));
  if (query.isPending) return <Skeleton className="h-96" />;
  if (query.isError) {
    return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  }
  const week = view.weeks[view.at]?.week ?? "";
  return (
    <div className="space-y-4">
      <Histograms detail={query.data} week={week} champion={view.champion} />
      <FeatureOverTime detail={query.data} week={week} />
    </div>
  );
}

type HistogramsProps = { detail: FeatureDetail; week: string; champion: ChampionOfDrift };

const asPercent = (value: number | string): string => percent(Number(value), 0);

function Histograms({ detail, week, champion }: HistogramsProps): ReactNode {
  const own = detail.weeks.find((each) => each.week === week);
  const counts = own?.counts ?? [];
  const names = binWords(detail);
  const [now, then] = [sharesOf(counts), sharesOf(detail.referenceCounts)];
  const rows = names.map((bin, at) => ({ bin, reference: then[at] ?? 0, now: now[at] ?? 0 }));
  const until = new Date(new Date(champion.referenceTo).getTime() - 1);
  const reading = featureReading(detail, week);
  const bins =
    detail.categories === null ? "Bins hold a tenth of the reference each" : "A bin for each category";
  return (
    <ChartFrame
      title={capitalised(reading)}
      note={`${bins}: ${count(champion.referenceRows)} payments of ${day(champion.referenceFrom)} – ${day(until)}. Missing and unseen values are left out.`}
      fileName={`drift-${detail.name}`}
      values={{
        columns: ["Bin", "Reference rows", "Week's rows", "Reference share", "Week's share"],
        rows: names.map((bin, at) => [
          bin,
          detail.referenceCounts[at] ?? 0,
          counts[at] ?? 0,
          then[at] ?? 0,
          now[at] ?? 0,
        ]),
      }}
    >
      <BarChart
        description={reading}
        height={260}
        rows={rows}
        x={{ key: "bin", label: unitWords(detail), format: String }}
        y={{ label: "Share", format: asPercent }}
        series={[
          { key: "reference", label: "Training reference", color: "reference" },
          { key: "now", label: "This week", color: "champion" },
        ]}
      />
      <Distances own={own} />
    </ChartFrame>
  );
}

function Distances({ own }: { own: FeatureDetail["weeks"][number] | undefined }): ReactNode {
  const drift = own?.drift ?? null;
  const three = (value: number | null | undefined): string => value?.toFixed(3) ?? "–";
  const chance = own?.q == null ? "–" : own.q < 0.0001 ? "< 0.0001" : own.q.toFixed(4);
  const facts: readonly (readonly [string, string])[] = [
    ["Chance of such a PSI without drift, adjusted over features", chance],
    ["KS distance", three(drift?.ks)],
    ["Jensen–Shannon distance", three(drift?.jensenShannon)],
    ["Wasserstein distance, in ranks of the reference", three(drift?.wasserstein)],
    ["Cramér's V (chi-square)", three(drift?.cramersV)],
    ["Missing", percent(own?.missing ?? null, 2)],
    ["Unseen categories", percent(own?.unseen ?? null, 2)],
    ["Out of the reference's range", percent(own?.outside ?? null, 2)],
    ["Payments", count(own?.rows ?? null)],
  ];
  return (
    <dl className="mt-2 grid gap-1.5 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-2">
          <dt className="text-muted">{name}</dt>
          <dd className="font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function unitWords({ unit, name }: FeatureDetail): string {
  if (name === "score") return "Score";
  return unit === "minor" ? "Value, minor units" : `Value, ${unit.replaceAll("_", " ")}`;
}
