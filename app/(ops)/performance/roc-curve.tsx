"use client";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import type { MarkedPoint, Series } from "#app/charts/chart-types.ts";
import { LineChart } from "#app/charts/line-chart.tsx";
import { logOfShare, logShareText, logShareTicks } from "#app/charts/log-share.ts";
import { percent } from "#app/format/number.ts";
import { Button } from "#app/ui/button.tsx";
import type { CurveProps } from "./curve-props.ts";
import { costAtRates, costPlaneOf, leastCost, recallOfCost } from "./iso-cost.ts";
import { nearestByFpr } from "./nearest-point.ts";
import { scoreText, share } from "./reading.ts";
import { curveParams } from "./search-params.ts";

const asPercent = (value: number | string): string => percent(Number(value), 0);

/** Rates are quoted down to one legitimate payment in ten thousand. */
const LEAST = 1e-4;

const series: readonly Series[] = [
  { key: "recall", label: "recall", color: "champion", band: { lowKey: "low", highKey: "high" } },
  { key: "here", label: "equal cost", color: "second", isDashed: true },
  { key: "cheapest", label: "least cost", color: "third", isDashed: true },
  { key: "random", label: "random", color: "reference", isDashed: true },
];

/** Recall against false positives with its band, lines of equal cost, what is quoted, and the threshold's handle. */
export function RocCurve(props: CurveProps): ReactNode {
  const { view, at, point, onPick } = props;
  const [{ scale }, setParams] = useQueryStates(curveParams, { history: "replace" });
  const isLog = scale === "log";
  const placeOf = (fpr: number): number => (isLog ? logOfShare(fpr, LEAST) : fpr);
  const rows = rocRows(props, placeOf);
  const title = rocReading(props);
  const next = isLog ? "Linear" : "Log";
  return (
    <ChartFrame
      title={title}
      note="Band: 95 % interval of recall at a false-positive rate, by drawing customers anew. Marked: 0.1 %, 1 %, and the policy as served, which also weighs amounts."
      fileName="roc"
      actions={
        <Button look="quiet" size="small" onClick={() => void setParams({ scale: isLog ? "linear" : "log" })}>
          {next}
        </Button>
      }
      values={{
        columns: ["Threshold", "False-positive rate", "Recall", "Low", "High", "Equal cost", "Least cost"],
        rows: rows.map(({ threshold, fpr, recall, low, high, here, cheapest }) => [
          threshold,
          fpr,
          recall,
          low,
          high,
          here,
          cheapest,
        ]),
      }}
    >
      <LineChart
        description={`Recall against the false-positive rate. ${title}.`}
        rows={rows}
        height={300}
        names="legend"
        x={{
          key: "place",
          label: "False-positive rate: share of legitimate payments alerted",
          format: isLog ? logShareText : asPercent,
          domain: isLog ? [Math.log10(LEAST), 0] : [0, 1],
          ...(isLog ? { ticks: logShareTicks(LEAST) } : {}),
        }}
        y={{ label: "Recall: share of frauds caught", format: asPercent, domain: [0, 1] }}
        series={
          costPlaneOf(view) === null
            ? series.filter(({ key }) => key !== "here" && key !== "cheapest")
            : series
        }
        points={quoted(props, placeOf)}
        onPick={(place) => onPick(nearestByFpr(view.points, place, placeOf))}
        handle={{
          x: placeOf(point.fpr ?? 0),
          y: point.recall ?? 0,
          label: "Threshold on the ROC curve",
          now: Math.round((point.fpr ?? 0) * 100),
          min: 0,
          max: 100,
          valueText: `False-positive rate ${percent(point.fpr, 2)}, recall ${percent(point.recall)}, score ${scoreText(point.threshold)}`,
          onStep: (places) => onPick(at + places),
        }}
      />
    </ChartFrame>
  );
}

function rocRows({ view, bands, point }: CurveProps, placeOf: (fpr: number) => number) {
  const plane = costPlaneOf(view);
  const [here, least] = plane === null ? [0, 0] : [costAtRates(plane, point), leastCost(plane, view.points)];
  return view.points.map(({ threshold, recall, fpr }) => ({
    threshold,
    fpr,
    place: placeOf(fpr ?? 0),
    recall,
    low: bands?.get(threshold)?.recall?.lower ?? null,
    high: bands?.get(threshold)?.recall?.upper ?? null,
    here: plane === null ? null : recallOfCost(plane, here, fpr ?? 0),
    cheapest: plane === null ? null : recallOfCost(plane, least, fpr ?? 0),
    random: fpr,
  }));
}

function quoted({ view, ranking }: CurveProps, placeOf: (fpr: number) => number): MarkedPoint[] {
  const { recallAtFpr001, recallAtFpr01 } = view.ranking;
  const { served } = view;
  const marks = [
    { fpr: 0.001, recall: recallAtFpr001, interval: ranking?.recallAtFpr001 ?? null },
    { fpr: 0.01, recall: recallAtFpr01, interval: ranking?.recallAtFpr01 ?? null },
  ];
  const quotes = marks.flatMap(({ fpr, recall, interval }): MarkedPoint[] =>
    recall === null
      ? []
      : [{ x: placeOf(fpr), y: recall, label: percent(recall, 0), interval, side: "left" }],
  );
  if (served.recall === null || served.fp + served.tn === 0) return quotes;
  const fpr = served.fp / (served.fp + served.tn);
  return [
    ...quotes,
    {
      x: placeOf(fpr),
      y: served.recall,
      label: "policy as served",
      interval: served.recallInterval,
    },
  ];
}

function rocReading({ view, ranking }: CurveProps): string {
  const { recallAtFpr001, recallAtFpr01 } = view.ranking;
  const strict = share(recallAtFpr001, ranking?.recallAtFpr001 ?? null);
  const mild = share(recallAtFpr01, ranking?.recallAtFpr01 ?? null);
  return `${strict} of frauds are caught at 0.1 % false positives, ${mild} at 1 %`;
}
