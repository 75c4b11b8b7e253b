"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { Reference, Region } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOddsOf, scoreOfLogOdds, scoreTicks } from "#app/charts/log-odds.ts";
import { moneyShort } from "#app/format/money.ts";
import { scoreText } from "../performance/reading.ts";
import { betterAction, flatReading, optimumReading, strategyOf } from "./reading.ts";
import type { Costs } from "./types.ts";

/** Cost against threshold for both ways to act, with the optimum, its flat region and what was served. */
export function CostCurve({ view }: { view: Costs }): ReactNode {
  const { curve, currency, floor } = view;
  const rows = curve
    .filter((point) => point.threshold !== null)
    .map((point) => ({
      place: logOddsOf(point.threshold ?? 0),
      review: point.reviewMinor,
      decline: point.declineMinor,
    }))
    .reverse();
  const ticks = scoreTicks.map(logOddsOf);
  return (
    <ChartFrame
      title={optimumReading(view)}
      note={`Total over the window's ${view.counts.fraud} frauds and ${view.counts.legitimate.toLocaleString("en")} legitimate payments in ${currency}; below the threshold everything is approved. ${flatReading(view) ?? ""}`}
      fileName="cost-by-threshold"
      values={{
        columns: [
          "Threshold",
          "Alerts",
          `Cost of review, minor units ${currency}`,
          `Cost of decline, minor units ${currency}`,
        ],
        rows: curve.map((point) => [point.threshold, point.alerts, point.reviewMinor, point.declineMinor]),
      }}
    >
      <LineChart
        description={`Cost against threshold. ${optimumReading(view)}.`}
        height={340}
        rows={rows}
        x={{
          key: "place",
          label: "Threshold, on a scale of log-odds",
          format: (value) => thresholdText(scoreOfLogOdds(Number(value))),
          ticks,
        }}
        y={{
          label: `Cost over the window, ${currency}`,
          format: (value) => moneyShort(Number(value), currency),
          domain: [0, ceilingOf(view)],
        }}
        series={[
          { key: "review", label: "review", color: "review" },
          { key: "decline", label: "decline", color: "decline", isDashed: true },
        ]}
        references={floor.met ? referencesOf(view) : []}
        regions={flatRegion(view)}
      />
    </ChartFrame>
  );
}

function thresholdText(score: number): string {
  return score >= 0.1 && score <= 0.9
    ? `${(score * 100).toFixed(0)} %`
    : `${Number((score * 100).toPrecision(3))} %`;
}

/** Declining nearly everything costs so much that it would flatten the part that matters. */
function ceilingOf(view: Costs): number {
  const approveAll = strategyOf(view, "approve_all")?.totalMinor ?? 0;
  const served = strategyOf(view, "served")?.totalMinor ?? 0;
  return Math.max(approveAll, served, view.optimum.review.costMinor, view.optimum.decline.costMinor) * 1.5;
}

function referencesOf(view: Costs): Reference[] {
  const { currency, optimum, mode } = view;
  const lines: Reference[] = [];
  for (const [key, name] of [
    ["approve_all", "approve everything"],
    ["served", "decisions as served"],
  ] as const) {
    const total = strategyOf(view, key)?.totalMinor;
    if (total !== undefined)
      lines.push({ axis: "y", at: total, label: `${name} ${moneyShort(total, currency)}` });
  }
  const best = optimum[betterAction(view)].threshold;
  if (best !== null) lines.push({ axis: "x", at: logOddsOf(best), label: `optimum ${scoreText(best)}` });
  if (mode === "thresholds") {
    lines.push({ axis: "x", at: logOddsOf(view.reviewThreshold), label: "policy reviews" });
    lines.push({ axis: "x", at: logOddsOf(view.declineThreshold), label: "policy declines" });
  }
  return lines;
}

function flatRegion(view: Costs): Region[] {
  const { flat } = view.optimum[betterAction(view)];
  if (flat === null || flat.from === flat.to) return [];
  return [{ from: logOddsOf(flat.from), to: logOddsOf(flat.to), label: "within 2 %" }];
}
