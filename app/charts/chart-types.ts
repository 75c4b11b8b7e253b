/** One place on the x axis, with the value of every series there; null is a gap. */
export type ChartRow = Readonly<Record<string, number | string | null>>;

/** The palette of charts; the champion has a colour of its own, wherever it is drawn. */
export const chartColors = {
  champion: "var(--chart-champion)",
  second: "var(--chart-2)",
  third: "var(--chart-3)",
  fourth: "var(--chart-4)",
  fifth: "var(--chart-5)",
  reference: "var(--chart-reference)",
  approve: "var(--approve)",
  review: "var(--review)",
  decline: "var(--decline)",
} as const;
export type ChartColor = keyof typeof chartColors;

export type Axis = {
  /** field of the rows that stands on this axis; left out for y, where each series names its own */
  key?: string;
  /** what it is, with its unit: "Recall", "Cost per 1,000 payments, EUR" */
  label: string;
  format: (value: number | string) => string;
  /** numbers in order of size, or categories in order of the rows */
  type?: "number" | "category";
  domain?: readonly [number | "auto" | "dataMin" | "dataMax", number | "auto" | "dataMin" | "dataMax"];
  /** where the axis is marked; even steps when left out */
  ticks?: readonly number[];
};

export type Series = {
  key: string;
  label: string;
  color: ChartColor;
  isDashed?: boolean;
  /** draws a mark at every point: hollow ones for small samples */
  marks?: "filled" | "hollow";
  /** row beside which its direct label stands; the last when left out */
  labelAt?: number;
  /** fields that hold the ends of its interval, drawn as a band */
  band?: { lowKey: string; highKey: string };
};

/** A line across the plot, labelled on the plot. */
export type Reference = {
  axis: "x" | "y";
  at: number | string;
  label: string;
  /** where its label stands; right when left out */
  side?: "left" | "right";
};

/** A single point with its interval and its name, such as a figure that is quoted elsewhere. */
export type MarkedPoint = {
  x: number;
  y: number;
  label: string;
  interval: { readonly lower: number; readonly upper: number } | null;
  /** where its name stands: below to the right when left out, or above to the left */
  side?: "left" | "right";
};

/** What every plot is drawn from. */
export type PlotProps = {
  /** what the chart shows, for people who can't see it */
  description: string;
  rows: readonly ChartRow[];
  x: Axis & { key: string };
  y: Axis;
  /** at most five */
  series: readonly Series[];
  references?: readonly Reference[];
};

/** A shaded stretch of the x axis. */
export type Region = { from: number; to: number; label: string };
