"use client";
import { type PointerEvent, type ReactNode, useState } from "react";
import { percent } from "#app/format/number.ts";
import { type Handle, HandleMark } from "./handle-mark.tsx";
import { placeOfScore, scoreAtPlace, scoreTicks } from "./log-odds.ts";
import { useWidth } from "./use-width.ts";

export type ScoreBin = {
  readonly from: number;
  readonly to: number;
  readonly fraud: number;
  readonly legitimate: number;
};

type ScoreHistogramProps = {
  /** what it shows, for people who can't see it */
  description: string;
  bins: readonly ScoreBin[];
  threshold: number;
  handle: Handle;
  /** told the score under a press or a drag */
  onPick: (score: number) => void;
  height?: number;
};

const margin = { top: 20, right: 12, bottom: 36, left: 12 };

/** Scores by class on log-odds: frauds above the line, legitimate payments below it, each as a share of its class. */
export function ScoreHistogram(props: ScoreHistogramProps): ReactNode {
  const { description, bins, threshold, handle, onPick, height = 260 } = props;
  const { ref, width } = useWidth<HTMLDivElement>();
  const [hovered, setHovered] = useState<ScoreBin | null>(null);
  const inner = Math.max(1, width - margin.left - margin.right);
  const half = (height - margin.top - margin.bottom) / 2;
  const baseline = margin.top + half;
  const x = (score: number): number => margin.left + placeOfScore(score) * inner;
  const scoreUnder = (event: PointerEvent<SVGSVGElement>): number =>
    scoreAtPlace((event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left) / inner);
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const score = scoreUnder(event);
    setHovered(bins.find((bin) => score >= bin.from && score < bin.to) ?? null);
    if (event.buttons === 1) onPick(score);
  };
  return (
    <div ref={ref} style={{ height }} className="relative">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          className="block cursor-ew-resize touch-pan-y select-none"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onPick(scoreUnder(event));
          }}
          onPointerMove={move}
          onPointerLeave={() => setHovered(null)}
        >
          <title>{description}</title>
          <text x={width - margin.right} y={12} fontSize={11} textAnchor="end" fill="var(--chart-4)">
            Frauds ↑
          </text>
          <text
            x={width - margin.right}
            y={height - margin.bottom - 4}
            fontSize={11}
            textAnchor="end"
            fill="var(--ink-muted)"
          >
            Legitimate ↓
          </text>
          <Bars bins={bins} threshold={threshold} x={x} baseline={baseline} half={half} />
          <line
            x1={margin.left}
            x2={width - margin.right}
            y1={baseline}
            y2={baseline}
            stroke="var(--line-strong)"
          />
          <Ticks x={x} y={height - margin.bottom + 16} width={width} />
          <line
            x1={x(threshold)}
            x2={x(threshold)}
            y1={margin.top - 4}
            y2={height - margin.bottom}
            stroke="var(--accent)"
            strokeWidth={2}
          />
          <HandleMark cx={x(threshold)} cy={baseline} handle={handle} />
        </svg>
      )}
      {hovered !== null && <BinValues bin={hovered} bins={bins} />}
    </div>
  );
}

type BarsProps = {
  bins: readonly ScoreBin[];
  threshold: number;
  x: (score: number) => number;
  baseline: number;
  half: number;
};

/** What lies under the threshold is pale: it would be let through. */
function Bars({ bins, threshold, x, baseline, half }: BarsProps): ReactNode {
  const shares = sharesOf(bins);
  return bins.map((bin, at) => {
    const left = x(bin.from);
    const width = Math.max(1, x(bin.to) - left - 1);
    const opacity = bin.from >= threshold ? 1 : 0.4;
    const [up, down] = [(shares[at]?.fraud ?? 0) * half, (shares[at]?.legitimate ?? 0) * half];
    return (
      <g key={bin.from} opacity={opacity}>
        <rect x={left} width={width} y={baseline - up} height={up} fill="var(--chart-4)" />
        <rect x={left} width={width} y={baseline} height={down} fill="var(--chart-reference)" />
      </g>
    );
  });
}

/** Heights in [0, 1]: shares of each class against that class's own largest bin. */
function sharesOf(bins: readonly ScoreBin[]): { fraud: number; legitimate: number }[] {
  const mostFraud = Math.max(1, ...bins.map((bin) => bin.fraud));
  const mostLegitimate = Math.max(1, ...bins.map((bin) => bin.legitimate));
  return bins.map((bin) => ({ fraud: bin.fraud / mostFraud, legitimate: bin.legitimate / mostLegitimate }));
}

function Ticks({ x, y, width }: { x: (score: number) => number; y: number; width: number }): ReactNode {
  const shown = width < 360 ? [0.001, 0.1, 0.5, 0.9, 0.999] : scoreTicks;
  return (
    <g fontSize={11} fill="var(--ink-muted)" textAnchor="middle">
      {shown.map((tick) => (
        <text key={tick} x={x(tick)} y={y}>
          {tick * 100} %
        </text>
      ))}
      <text x={width / 2} y={y + 16}>
        Score, on a scale of log-odds
      </text>
    </g>
  );
}

function BinValues({ bin, bins }: { bin: ScoreBin; bins: readonly ScoreBin[] }): ReactNode {
  const frauds = bins.reduce((sum, each) => sum + each.fraud, 0);
  const legitimate = bins.reduce((sum, each) => sum + each.legitimate, 0);
  return (
    <div className="pointer-events-none absolute top-0 right-0 rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs shadow-float">
      <div className="text-muted">
        {percent(bin.from, 2)} to {percent(bin.to, 2)}
      </div>
      <div>
        {bin.fraud.toLocaleString("en")} frauds, {percent(frauds === 0 ? null : bin.fraud / frauds)} of them
      </div>
      <div>
        {bin.legitimate.toLocaleString("en")} legitimate,{" "}
        {percent(legitimate === 0 ? null : bin.legitimate / legitimate)} of them
      </div>
    </div>
  );
}
