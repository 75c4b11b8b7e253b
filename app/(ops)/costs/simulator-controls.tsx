"use client";
import { type ReactNode, useId } from "react";
import { logOddsOf, scoreOfLogOdds } from "#app/charts/log-odds.ts";
import { plural } from "#app/format/number.ts";
import { Select } from "#app/ui/field.tsx";
import type { Policy } from "#server/domain/policy.ts";
import { scoreText } from "../performance/reading.ts";
import { MOST_ANALYSTS, type Tried } from "./tried-policy.ts";

type SimulatorControlsProps = {
  /** what is tried, complete */
  policy: Policy;
  analysts: number;
  onChange: (change: Partial<Tried>) => void;
};

/** How it decides, where it draws the lines, and how many people there are to review. */
export function SimulatorControls({ policy, analysts, onChange }: SimulatorControlsProps): ReactNode {
  const byThresholds = policy.mode === "thresholds";
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
      <Select
        label="Decides by"
        options={[
          { value: "cost", label: "Least expected cost" },
          { value: "thresholds", label: "Fixed thresholds" },
        ]}
        value={policy.mode}
        onValueChange={(value) => onChange({ by: value === "cost" ? "cost" : "thresholds" })}
      />
      <Slider
        label="Analysts"
        valueText={`${plural(analysts, "analyst")}, ${plural(policy.reviewCapacityPerDay, "case")} a day`}
        range={{ min: 0, max: Math.min(MOST_ANALYSTS, Math.max(10, policy.analysts * 2)), step: 1 }}
        value={analysts}
        onChange={(value) => onChange({ analysts: value })}
      />
      <Slider
        label="Review from"
        valueText={scoreText(policy.reviewThreshold)}
        range={scoreRange}
        value={logOddsOf(policy.reviewThreshold)}
        isDisabled={!byThresholds}
        onChange={(value) => onChange({ review: roundedScore(value) })}
      />
      <Slider
        label="Decline from"
        valueText={scoreText(policy.declineThreshold)}
        range={scoreRange}
        value={logOddsOf(policy.declineThreshold)}
        isDisabled={!byThresholds}
        onChange={(value) => onChange({ decline: roundedScore(value) })}
      />
    </div>
  );
}

/** In log-odds, where calibrated scores spread. */
const scoreRange = { min: -7, max: 7, step: 0.1 };
const roundedScore = (logOdds: number): number => Number(scoreOfLogOdds(logOdds).toPrecision(3));

type SliderProps = {
  label: string;
  valueText: string;
  range: { min: number; max: number; step: number };
  value: number;
  isDisabled?: boolean;
  onChange: (value: number) => void;
};

function Slider({ label, valueText, range, value, isDisabled = false, onChange }: SliderProps): ReactNode {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-2 text-xs text-muted">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <output htmlFor={id}>{isDisabled ? "by cost" : valueText}</output>
      </div>
      <input
        id={id}
        type="range"
        {...range}
        value={value}
        disabled={isDisabled}
        aria-valuetext={valueText}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-8 w-full accent-accent disabled:opacity-50"
      />
    </div>
  );
}
