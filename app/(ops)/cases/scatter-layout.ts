import type { PaymentPoints } from "./words.ts";

type Point = PaymentPoints["points"][number];

export type PointLook = "own" | "fraud" | "legitimate" | "declined" | "other";
export type Placed = {
  readonly point: Point;
  readonly look: PointLook;
  readonly x: number;
  readonly y: number;
};
type Tick = { readonly at: number; readonly value: number };

export type ScatterLayout = {
  readonly points: readonly Placed[];
  readonly yTicks: readonly Tick[];
  /** the ends of the span and its thirds */
  readonly xTicks: readonly Tick[];
  readonly top: number;
};

export type Frame = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

const DAY = 86_400_000;

/** What is known of a payment beats what was decided; the case's own stand out whatever they are. */
export function lookOf({ isOwn, label, outcome }: Point): PointLook {
  if (isOwn) return "own";
  if (label !== null) return label;
  return outcome === "decline" ? "declined" : "other";
}

/** Places points by time and amount in a frame of pixels; own and fraud come last, so that they lie on top. */
export function scatterLayout({ from, points }: PaymentPoints, frame: Frame): ScatterLayout {
  const start = Date.parse(from);
  const end = Math.max(start + DAY, ...points.map((point) => Date.parse(point.at)));
  const top = niceTop(Math.max(1, ...points.map((point) => point.amountMinor)));
  const xOf = (ms: number): number =>
    frame.left + ((ms - start) / (end - start)) * (frame.right - frame.left);
  const yOf = (minor: number): number => frame.bottom - (minor / top) * (frame.bottom - frame.top);
  const order: readonly PointLook[] = ["other", "legitimate", "declined", "fraud", "own"];
  return {
    points: points
      .map((point) => ({
        point,
        look: lookOf(point),
        x: xOf(Date.parse(point.at)),
        y: yOf(point.amountMinor),
      }))
      .sort((a, b) => order.indexOf(a.look) - order.indexOf(b.look)),
    yTicks: [0, 0.5, 1].map((share) => ({ value: top * share, at: yOf(top * share) })),
    xTicks: [0, 1, 2, 3].map((third) => {
      const value = start + ((end - start) * third) / 3;
      return { value, at: xOf(value) };
    }),
    top,
  };
}

/** The next of 1, 2 or 5 times a power of ten, so that halves are round too. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= most) ?? 10;
  return step * power;
}
