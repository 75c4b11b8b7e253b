import type { ReactNode } from "react";
import { money, moneyShort } from "#app/format/money.ts";
import { dayShort, instant } from "#app/format/time.ts";
import { type Placed, type PointLook, scatterLayout } from "./scatter-layout.ts";
import type { CaseDetail, PaymentPoints } from "./words.ts";

type PaymentScatterProps = {
  past: PaymentPoints;
  usual: CaseDetail["customer"];
  width: number;
  height: number;
};

/** Shape and colour of each kind of point; both tell the same. */
const looks: Record<PointLook, { word: string; color: string; path: string; isHollow?: boolean }> = {
  own: { word: "this case", color: "var(--accent)", path: "M0-6L6 0L0 6L-6 0Z" },
  fraud: { word: "fraud", color: "var(--decline)", path: "M0-5L5 4H-5Z" },
  legitimate: { word: "legitimate", color: "var(--approve)", path: "M-3-3H3V3H-3Z" },
  declined: { word: "declined", color: "var(--decline)", path: "M-3-3L3 3M3-3L-3 3", isHollow: true },
  other: {
    word: "no label",
    color: "var(--chart-reference)",
    path: "M-2.500 0A2.500 2.500 0 1 1 2.500 0A2.500 2.500 0 1 1-2.500 0Z",
    isHollow: true,
  },
};

/** Payments by day and amount, the usual range shaded. The table of the same values is one button away. */
export function PaymentScatter({ past, usual, width, height }: PaymentScatterProps): ReactNode {
  const frame = { left: 44, right: width - 8, top: 10, bottom: height - 18 };
  const { points, yTicks, xTicks, top } = scatterLayout(past, frame);
  const yOf = (minor: number): number =>
    frame.bottom - (Math.min(minor, top) / top) * (frame.bottom - frame.top);
  const present = [...new Set(points.map(({ look }) => look))].reverse();
  const { usualFromMinor, usualToMinor } = usual;
  return (
    <figure>
      <svg
        role="img"
        aria-label={`Amounts of ${points.length} payments by day, in ${past.currency}, since ${dayShort(past.from)}`}
        width={width}
        height={height}
        className="block text-[11px]"
      >
        {usualFromMinor !== null && usualToMinor !== null && (
          <rect
            x={frame.left}
            width={frame.right - frame.left}
            y={yOf(usualToMinor)}
            height={Math.max(2, yOf(usualFromMinor) - yOf(usualToMinor))}
            fill="var(--accent)"
            fillOpacity={0.1}
          />
        )}
        {yTicks.map(({ at, value }) => (
          <g key={value}>
            <line x1={frame.left} x2={frame.right} y1={at} y2={at} stroke="var(--chart-grid)" />
            <text x={frame.left - 6} y={at + 4} textAnchor="end" fill="var(--ink-muted)">
              {moneyShort(value, past.currency).replace(/\.00$/, "")}
            </text>
          </g>
        ))}
        {xTicks.map(({ at, value }, place) => (
          <text
            key={value}
            x={at}
            y={height - 3}
            textAnchor={place === 0 ? "start" : place === xTicks.length - 1 ? "end" : "middle"}
            fill="var(--ink-muted)"
          >
            {dayShort(new Date(value))}
          </text>
        ))}
        {points.map((placed) => (
          <Mark key={placed.point.id} placed={placed} currency={past.currency} />
        ))}
      </svg>
      <figcaption className="flex flex-wrap gap-x-3 text-xs text-muted">
        {present.map((look) => (
          <span key={look} className="inline-flex items-center gap-1">
            <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12">
              <Shape look={look} />
            </svg>
            {looks[look].word}
          </span>
        ))}
        {usualFromMinor !== null && <span>shaded: four of five amounts</span>}
        {past.capped && <span>the newest 500 payments only</span>}
      </figcaption>
    </figure>
  );
}

function Mark({ placed, currency }: { placed: Placed; currency: string }): ReactNode {
  const { point, look, x, y } = placed;
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{`${money(point.amountMinor, currency)}, ${instant(point.at)}, ${looks[look].word}`}</title>
      <Shape look={look} />
    </g>
  );
}

function Shape({ look }: { look: PointLook }): ReactNode {
  const { color, path, isHollow = false } = looks[look];
  return (
    <path
      d={path}
      fill={isHollow ? "none" : color}
      stroke={color}
      strokeWidth={look === "declined" ? 1.5 : 1}
    />
  );
}
