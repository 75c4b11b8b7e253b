"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import { dayShort } from "#app/format/time.ts";
import type { FeatureDetail } from "./types.ts";

/** PSI of one feature over the weeks, with the limit that each week's size gives it. */
export function FeatureOverTime({ detail, week }: { detail: FeatureDetail; week: string }): ReactNode {
  const rows = detail.weeks.map((each) => ({
    week: each.week,
    psi: each.drift?.psi ?? null,
    limit: each.limit,
  }));
  const moved = detail.weeks.filter((each) => each.moved).length;
  const isKnown = detail.weeks.some((each) => each.limit !== null);
  const title = !isKnown
    ? "PSI by week; what is usual is not known yet"
    : moved === 0
      ? `Within chance in all of ${detail.weeks.length} weeks`
      : `Beyond chance in ${moved} of ${detail.weeks.length} weeks`;
  return (
    <ChartFrame
      title={title}
      note="The limit knows the week's size and how much the usual weeks varied; it is never under 0.1."
      fileName={`drift-weeks-${detail.name}`}
      values={{
        columns: [
          "Week",
          "PSI",
          "Limit",
          "KS",
          "Jensen–Shannon",
          "Wasserstein",
          "Cramér's V",
          "q",
          "Missing",
          "Unseen",
          "Out of range",
          "Payments",
        ],
        rows: detail.weeks.map((each) => [
          each.week,
          each.drift?.psi ?? null,
          each.limit,
          each.drift?.ks ?? null,
          each.drift?.jensenShannon ?? null,
          each.drift?.wasserstein ?? null,
          each.drift?.cramersV ?? null,
          each.q,
          each.missing,
          each.unseen,
          each.outside,
          each.rows,
        ]),
      }}
    >
      <LineChart
        description={title}
        height={180}
        rows={rows}
        x={{ key: "week", label: "Week from", type: "category", format: (at) => dayShort(`${at}T00:00:00Z`) }}
        y={{ label: "PSI", format: (value) => Number(Number(value).toPrecision(2)).toString() }}
        series={[
          { key: "psi", label: "PSI", color: "champion", marks: "filled" },
          ...(isKnown ? [{ key: "limit", label: "limit", color: "decline", isDashed: true } as const] : []),
        ]}
        references={week === "" ? [] : [{ axis: "x", at: week, label: "shown" }]}
      />
    </ChartFrame>
  );
}
