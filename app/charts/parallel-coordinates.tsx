"use client";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { chartColors } from "./chart-types.ts";
import {
  type ParallelAxis,
  type ParallelScale,
  type ParallelValue,
  parallelScale,
} from "./parallel-scale.ts";
import { useWidth } from "./use-width.ts";

export type ParallelLine = {
  readonly key: string;
  /** what it is, said before its values */
  readonly label: string;
  readonly values: Readonly<Record<string, ParallelValue>>;
  /** best is drawn thick with a mark on each axis, good solid, other thin and dashed */
  readonly rank: "best" | "good" | "other";
};

type ParallelCoordinatesProps = {
  /** what the chart shows, for people who can't see it */
  description: string;
  axes: readonly ParallelAxis[];
  lines: readonly ParallelLine[];
  /** Enter or click on a line */
  onOpen?: (key: string) => void;
};

const HEIGHT = 300;
const TOP = 34;
const FOOT = 252;
/** Under the axes, for what a line has no value of. */
const NONE = 276;
const SIDE = 64;
const LEAST_AXIS = 96;

/**
 * A line per configuration over an axis per option. Arrow keys go from line to line, Enter opens one; the line at hand
 * is said in words below. What a line has no value of stands under its axis.
 */
export function ParallelCoordinates({
  description,
  axes,
  lines,
  onOpen,
}: ParallelCoordinatesProps): ReactNode {
  const { ref, width } = useWidth<HTMLDivElement>();
  const [atHand, setAtHand] = useState<string | null>(null);
  const id = useId();
  const inner = Math.max(width, SIDE * 2 + LEAST_AXIS * Math.max(1, axes.length - 1));
  const placed = axes.map((axis, at) => ({
    axis,
    x: axes.length === 1 ? inner / 2 : SIDE + ((inner - 2 * SIDE) * at) / (axes.length - 1),
    scale: parallelScale(
      axis,
      lines.map(({ values }) => values[axis.key] ?? null),
    ),
  }));
  const order = lines.map(({ key }) => key);
  const found = lines.find(({ key }) => key === atHand) ?? null;
  const move = (event: KeyboardEvent): void => {
    const now = atHand === null ? -1 : order.indexOf(atHand);
    const last = order.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: now + 1,
      ArrowRight: now + 1,
      ArrowUp: now - 1,
      ArrowLeft: now - 1,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (event.key === "Enter" && atHand !== null) onOpen?.(atHand);
    if (next === undefined) return;
    event.preventDefault();
    setAtHand(order[Math.min(Math.max(next, 0), last)] ?? null);
  };
  // The line at hand is drawn last, over the others; the best just below it.
  const drawn = lines.toSorted((a, b) => heightOf(a, atHand) - heightOf(b, atHand));
  return (
    <div ref={ref}>
      <div
        role="listbox"
        aria-label={description}
        aria-activedescendant={atHand === null ? undefined : `${id}-${atHand}`}
        tabIndex={0}
        onKeyDown={move}
        className="overflow-x-auto"
      >
        <svg
          role="presentation"
          width={inner}
          height={HEIGHT}
          onPointerLeave={() => setAtHand(null)}
          className="block"
        >
          {placed.map(({ axis, x }) => (
            <line key={axis.key} x1={x} x2={x} y1={TOP} y2={FOOT} stroke="var(--line-strong)" />
          ))}
          {drawn.map((line) => (
            <LineMarks
              key={line.key}
              id={`${id}-${line.key}`}
              line={line}
              points={placed.map(({ axis, x, scale }) => pointOf(line.values[axis.key] ?? null, x, scale))}
              words={wordsOf(line, axes)}
              isAtHand={line.key === atHand}
              isDimmed={atHand !== null && line.key !== atHand}
              onHover={() => setAtHand(line.key)}
              onOpen={() => onOpen?.(line.key)}
            />
          ))}
          {placed.map(({ axis, x, scale }) => (
            <AxisMarks key={axis.key} label={axis.label} x={x} scale={scale} />
          ))}
        </svg>
      </div>
      <p className="mt-1 min-h-8 text-xs text-muted" aria-live="polite">
        {found === null
          ? "Thick: the winner. Solid: learned from all rows. Dashed: left behind earlier. Arrow keys or pointing tell each."
          : wordsOf(found, axes)}
      </p>
    </div>
  );
}

const heights = { best: 2, good: 1, other: 0 } as const;

function heightOf(line: ParallelLine, atHand: string | null): number {
  return line.key === atHand ? 3 : heights[line.rank];
}

type Point = { readonly x: number; readonly y: number; readonly isKnown: boolean };

function pointOf(value: ParallelValue, x: number, scale: ParallelScale): Point {
  const at = scale.at(value);
  return at === null ? { x, y: NONE, isKnown: false } : { x, y: FOOT - at * (FOOT - TOP), isKnown: true };
}

function wordsOf(line: ParallelLine, axes: readonly ParallelAxis[]): string {
  const said = axes.flatMap((axis) => {
    const value = line.values[axis.key] ?? null;
    if (value === null) return [];
    return [
      `${axis.label} ${axis.kind !== "category" && typeof value === "number" ? axis.format(value) : value}`,
    ];
  });
  return `${line.label}: ${said.join(", ")}`;
}

type AxisMarksProps = { label: string; x: number; scale: ParallelScale };

/** Over the lines, so that they can be read, and out of the pointer's way. */
function AxisMarks({ label, x, scale }: AxisMarksProps): ReactNode {
  return (
    <g className="pointer-events-none">
      <text x={x} y={14} textAnchor="middle" className="fill-ink text-xs font-medium">
        {label}
      </text>
      {scale.ticks.map(({ at, label: tick }) => {
        const y = FOOT - at * (FOOT - TOP);
        return (
          <g key={tick}>
            <line x1={x - 3} x2={x + 3} y1={y} y2={y} stroke="var(--line-strong)" />
            <text
              x={x + 6}
              y={y + 4}
              stroke="var(--surface)"
              strokeWidth={4}
              paintOrder="stroke"
              className="fill-ink text-xs"
            >
              {tick}
            </text>
          </g>
        );
      })}
      <text x={x} y={NONE + 16} textAnchor="middle" className="fill-faint text-xs">
        –
      </text>
    </g>
  );
}

type LineMarksProps = {
  id: string;
  line: ParallelLine;
  points: readonly Point[];
  words: string;
  isAtHand: boolean;
  isDimmed: boolean;
  onHover: () => void;
  onOpen: () => void;
};

const looks = {
  best: { stroke: chartColors.champion, width: 3, dash: undefined },
  good: { stroke: chartColors.second, width: 1.75, dash: undefined },
  other: { stroke: chartColors.reference, width: 1, dash: "4 3" },
} as const;

function LineMarks({
  id,
  line,
  points,
  words,
  isAtHand,
  isDimmed,
  onHover,
  onOpen,
}: LineMarksProps): ReactNode {
  const look = looks[line.rank];
  const path = points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
  return (
    <g
      id={id}
      role="option"
      aria-selected={isAtHand}
      aria-label={words}
      tabIndex={-1}
      onPointerEnter={onHover}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen();
      }}
      opacity={isDimmed ? 0.3 : 1}
      className="cursor-pointer outline-none"
    >
      <path d={path} fill="none" stroke="transparent" strokeWidth={10} />
      <path
        d={path}
        fill="none"
        stroke={isAtHand ? "var(--ink)" : look.stroke}
        strokeWidth={isAtHand ? Math.max(2.5, look.width) : look.width}
        strokeDasharray={look.dash}
        strokeLinejoin="round"
      />
      {(line.rank === "best" || isAtHand) &&
        points.map(({ x, y, isKnown }) => (
          <circle
            key={x}
            cx={x}
            cy={y}
            r={3.5}
            fill={isKnown ? (isAtHand ? "var(--ink)" : look.stroke) : "var(--surface)"}
            stroke={isAtHand ? "var(--ink)" : look.stroke}
          />
        ))}
    </g>
  );
}
