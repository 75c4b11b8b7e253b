"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { Reference, Region } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOddsOf, scoreOfLogOdds, scoreTicks } from "#app/charts/log-odds.ts";
import { moneyShort } from "#app/format/money.ts";
import { scoreText } from "../performance/reading.ts";
import { betterAction, certaintyReading, optimumReading, strategyOf } from "./reading.ts";
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
  const [first, last] = [rows[0]?.place ?? 0, rows.at(-1)?.place ?? 0];
  const ticks = scoreTicks.map(logOddsOf).filter((tick) => tick >= first && tick <= last);
  const labelAt = widestGap(rows, view);
  return (
    <ChartFrame
      title={optimumReading(view)}
      note={`Total over the window's ${view.counts.fraud} frauds and ${view.counts.legitimate.toLocaleString("en")} legitimate payments in ${currency}; below the threshold everything is approved. ${certaintyReading(view)}`}
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
          { key: "review", label: "review", color: "review", labelAt },
          { key: "decline", label: "decline", color: "decline", isDashed: true, labelAt },
        ]}
        references={floor.met ? referencesOf(view) : []}
        regions={optimumRegion(view)}
      />
    </ChartFrame>
  );
}

type CostRow = { place: number; review: number; decline: number };

/** Where the two curves stand furthest apart inside the plot: there their names can't touch. */
function widestGap(rows: readonly CostRow[], view: Costs): number {
  const ceiling = ceilingOf(view);
  const best = logOddsOf(view.optimum[betterAction(view)].threshold ?? 1);
  const gap = ({ place, review, decline }: CostRow): number =>
    Math.max(review, decline) > ceiling * 0.9 || Math.abs(place - best) < 0.4
      ? -1
      : Math.abs(review - decline);
  return rows.reduce((best, row, at) => (gap(row) > gap(rows[best] ?? row) ? at : best), 0);
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
  const highest = Math.max(approveAll, served, view.optimum.review.costMinor, view.optimum.decline.costMinor);
  return roundedUp(highest * 1.5);
}

/** The next of 1, 2, 4 and 8 times a power of ten, so that the axis has even steps up to its end. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 2, 4, 8].find((step) => step * power >= value) ?? 10) * power;
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
  // The region around it, where there is one, bears its name.
  const label = optimumRegion(view).length > 0 ? "" : `optimum ${scoreText(best ?? 0)}`;
  if (best !== null) lines.push({ axis: "x", at: logOddsOf(best), label });
  if (mode === "thresholds") {
    lines.push({ axis: "x", at: logOddsOf(view.reviewThreshold), label: "policy reviews" });
    lines.push({ axis: "x", at: logOddsOf(view.declineThreshold), label: "policy declines" });
  }
  return lines;
}

/** Where the optimum may lie; without an interval, where the cost is flat. */
function optimumRegion(view: Costs): Region[] {
  const action = betterAction(view);
  const interval = view.interval[action];
  if (interval !== null && interval.lower < interval.upper) {
    return [
      { from: logOddsOf(interval.lower), to: logOddsOf(interval.upper), label: "optimum, 95 % interval" },
    ];
  }
  const { flat } = view.optimum[action];
  if (flat === null || flat.from === flat.to) return [];
  return [{ from: logOddsOf(flat.from), to: logOddsOf(flat.to), label: "optimum, within 2 %" }];
}
