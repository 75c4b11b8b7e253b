"use client";
import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { ParallelCoordinates, type ParallelLine } from "#app/charts/parallel-coordinates.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Experiment, Trial } from "../../types.ts";
import { familyWords, imbalanceWords } from "../../words.ts";
import {
  axesOf,
  byStanding,
  experimentReading,
  figureOf,
  isFinalist,
  metricWords,
  parametersText,
  standingOf,
  valuesOf,
} from "../words.ts";

type TrialChartProps = { experiment: Experiment; onOpen: (number: number) => void };

/** Which options go with good figures: a line per configuration that was measured. */
export function TrialChart({ experiment, onOpen }: TrialChartProps): ReactNode {
  const { metric } = experiment.settings;
  const trials = experiment.trials.filter(({ rungs }) => rungs.length > 0).toSorted(byStanding(metric));
  if (trials.length === 0) return <Card title="The first configuration is being measured">{null}</Card>;
  return (
    <ChartFrame
      title={experimentReading(experiment)}
      note={`Each line is a configuration; the last axis is its ${metricWords(metric)} on the validation days, by the largest share of rows it learned from.`}
      fileName={`experiment-${experiment.id}`}
      values={{
        columns: ["Trial", "Family", "Rare frauds", "Options", "Share of rows", metricWords(metric), "State"],
        rows: trials.map((trial) => [
          String(trial.number),
          familyWords(trial.family),
          imbalanceWords(trial.imbalance),
          parametersText(trial),
          (trial.rungs.at(-1)?.share ?? 0).toFixed(3),
          figureOf(trial, metric)?.value?.toFixed(4) ?? "–",
          standingOf(trial).label,
        ]),
      }}
    >
      <ParallelCoordinates
        description={`Configurations by ${metricWords(metric)}, best first`}
        axes={axesOf(trials, metric)}
        lines={trials.map((trial) => lineOf(trial, experiment))}
        onOpen={(key) => onOpen(Number(key))}
      />
    </ChartFrame>
  );
}

function lineOf(trial: Trial, { settings: { metric } }: Experiment): ParallelLine {
  return {
    key: String(trial.number),
    label: `Trial ${trial.number}, ${standingOf(trial).label}`,
    values: valuesOf(trial, metric),
    rank: trial.state === "won" ? "best" : isFinalist(trial) ? "good" : "other",
  };
}
