"use client";
import type { KeyboardEvent, ReactNode } from "react";

/** Something that can be moved along a chart, one place at a time. */
export type Handle = {
  /** what it sets: "Threshold" */
  label: string;
  now: number;
  min: number;
  max: number;
  /** where it stands, in words */
  valueText: string;
  /** moves it by so many places to the right; negative to the left */
  onStep: (places: number) => void;
};

const strides: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/** The round mark of a handle: a slider for the keyboard and for screen readers. */
export function HandleMark({ cx, cy, handle }: { cx: number; cy: number; handle: Handle }): ReactNode {
  const step = (event: KeyboardEvent): void => {
    const places = strides[event.key];
    if (places === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    handle.onStep(places);
  };
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={handle.label}
      aria-valuenow={handle.now}
      aria-valuemin={handle.min}
      aria-valuemax={handle.max}
      aria-valuetext={handle.valueText}
      onKeyDown={step}
      className="group cursor-ew-resize outline-none"
    >
      <circle cx={cx} cy={cy} r={14} fill="transparent" />
      <circle cx={cx} cy={cy} r={7} fill="var(--accent)" stroke="var(--surface)" strokeWidth={2} />
      <circle
        cx={cx}
        cy={cy}
        r={10.5}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={2}
        className="opacity-0 group-focus-visible:opacity-100"
      />
    </g>
  );
}
