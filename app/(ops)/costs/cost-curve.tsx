"use client";
import type { ReactNode } from "react";
import type { TableOfValues } from "#app/charts/chart-csv.ts";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { Reference, Region, Series } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOddsOf, scoreOfLogOdds, scoreTicks } from "#app/charts/log-odds.ts";
import { moneyShort } from "#app/format/money.ts";
import { scoreText } from "../performance/reading.ts";
import { betterAction, certaintyReading, optimumReading, policyReading, strategyOf } from "./reading.ts";
import type { Certainty, Costs } from "./types.ts";

type CostCurveProps = {
  view: Costs;
  /** null while it loads */
  certainty: Certainty | null;
};

/** Cost against threshold for both ways to act, with bands, the optimum, its flat region and the policy in force. */
export function CostCurve({ view, certainty }: CostCurveProps): ReactNode {
  const { currency } = view;
  const rows = rowsOf(view, certainty);
  const [first, last] = [rows[0]?.place ?? 0, rows.at(-1)?.place ?? 0];
  const ticks = scoreTicks.map(logOddsOf).filter((tick) => tick >= first && tick <= last);
  return (
    <ChartFrame
      title={optimumReading(view)}
      note={`Total over the window's ${view.counts.fraud} frauds and ${view.counts.legitimate.toLocaleString("en")} legitimate payments in ${currency}; below the threshold everything is approved. ${certaintyReading(view)} ${policyReading(view, certainty)}`}
      fileName="cost-by-threshold"
      values={valuesOf(view, certainty)}
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
        series={seriesOf(rows, widestGap(rows, view))}
        references={referencesOf(view)}
        regions={optimumRegion(view)}
      />
    </ChartFrame>
  );
}

type CostRow = { place: number; review: number; decline: number; policy: number | null } & Record<
  string,
  number | null
>;

function seriesOf(rows: readonly CostRow[], labelAt: number): Series[] {
  return [
    { key: "review", label: "review", color: "review", labelAt, band: bandOf("review") },
    { key: "decline", label: "decline", color: "decline", isDashed: true, labelAt, band: bandOf("decline") },
    {
      key: "policy",
      label: "policy in force",
      color: "champion",
      labelAt: Math.round(rows.length * 0.8),
      band: bandOf("policy"),
    },
  ];
}

const bandOf = (key: string) => ({ lowKey: `${key}Low`, highKey: `${key}High` });

/** By rising threshold; each point with its band where there is one. */
function rowsOf(view: Costs, certainty: Certainty | null): CostRow[] {
  const policy = strategyOf(view, "policy")?.totalMinor ?? null;
  const sure = certainty?.strategies.find(({ key }) => key === "policy")?.cost.interval ?? null;
  return view.curve
    .map((point, at) => ({ point, band: certainty?.bands[at] ?? null }))
    .filter(({ point }) => point.threshold !== null)
    .map(({ point, band }) => ({
      place: logOddsOf(point.threshold ?? 0),
      review: point.reviewMinor,
      decline: point.declineMinor,
      policy,
      reviewLow: band?.review?.lower ?? null,
      reviewHigh: band?.review?.upper ?? null,
      declineLow: band?.decline?.lower ?? null,
      declineHigh: band?.decline?.upper ?? null,
      policyLow: sure?.lower ?? null,
      policyHigh: sure?.upper ?? null,
    }))
    .reverse();
}

function valuesOf({ curve, currency }: Costs, certainty: Certainty | null): TableOfValues {
  const unit = `minor units ${currency}`;
  return {
    columns: [
      "Threshold",
      "Alerts",
      `Cost of review, ${unit}`,
      "from",
      "to",
      `Cost of decline, ${unit}`,
      "from",
      "to",
    ],
    rows: curve.map((point, at) => {
      const band = certainty?.bands[at];
      const ends = (of: "review" | "decline") => [band?.[of]?.lower ?? null, band?.[of]?.upper ?? null];
      return [
        point.threshold,
        point.alerts,
        point.reviewMinor,
        ...ends("review"),
        point.declineMinor,
        ...ends("decline"),
      ];
    }),
  };
}

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
  const total = strategyOf(view, "approve_all")?.totalMinor;
  if (total !== undefined) {
    lines.push({ axis: "y", at: total, label: `approve everything ${moneyShort(total, currency)}` });
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
