import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { LineChart } from "#app/charts/line-chart.tsx";
import type { TrialDetail } from "../../types.ts";

const three = (value: number | string): string => Number(value).toFixed(2);

/** How it learned step by step, and what it trades between precision and recall. */
export function TrialCurves({ trial }: { trial: TrialDetail }): ReactNode {
  const steps = trial.rungs.at(-1)?.curve ?? [];
  const points = trial.details?.curve ?? [];
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {steps.length > 1 && <Steps trial={trial} steps={steps} />}
      {points.length > 1 && <PrecisionRecall trial={trial} points={points} />}
    </div>
  );
}

type StepsProps = { trial: TrialDetail; steps: TrialDetail["rungs"][number]["curve"] };

function Steps({ trial, steps }: StepsProps): ReactNode {
  const best = trial.rungs.at(-1)?.steps ?? null;
  const unit = trial.family === "neural_network" ? "Epoch" : "Tree";
  return (
    <ChartFrame
      title={best === null ? "Learning step by step" : `It stopped at ${unit.toLowerCase()} ${best}`}
      fileName={`trial-${trial.number}-steps`}
      values={{
        columns: [unit, "Validation AP"],
        rows: steps.map(({ step, value }) => [String(step), value.toFixed(4)]),
      }}
    >
      <LineChart
        height={220}
        description="Average precision on the validation days after each step"
        rows={steps.map(({ step, value }) => ({ step, value }))}
        x={{ key: "step", label: unit, format: String, type: "number", domain: ["dataMin", "dataMax"] }}
        y={{ label: "Validation AP", format: three, domain: [0, "auto"] }}
        series={[{ key: "value", label: "AP", color: "champion" }]}
        {...(best === null
          ? {}
          : { references: [{ axis: "x" as const, at: best, label: "kept", side: "left" as const }] })}
      />
    </ChartFrame>
  );
}

type PrecisionRecallProps = { trial: TrialDetail; points: NonNullable<TrialDetail["details"]>["curve"] };

function PrecisionRecall({ trial, points }: PrecisionRecallProps): ReactNode {
  const half = points.find(({ recall }) => recall >= 0.5);
  const title =
    half === undefined
      ? "Precision over recall"
      : `Half of the frauds are caught at ${(half.precision * 100).toFixed(0)} % precision`;
  return (
    <ChartFrame
      title={title}
      fileName={`trial-${trial.number}-precision-recall`}
      values={{
        columns: ["Recall", "Precision"],
        rows: points.map(({ recall, precision }) => [recall.toFixed(4), precision.toFixed(4)]),
      }}
    >
      <LineChart
        height={220}
        description="Precision over recall on the validation days"
        rows={points.map(({ recall, precision }) => ({ recall, precision }))}
        x={{ key: "recall", label: "Recall", format: three, type: "number", domain: [0, 1] }}
        y={{ label: "Precision", format: three, domain: [0, 1] }}
        series={[{ key: "precision", label: "precision", color: "champion" }]}
      />
    </ChartFrame>
  );
}
