import type { TableOfValues } from "#app/charts/chart-csv.ts";
import type { Drift } from "./types.ts";
import { levelOf } from "./words.ts";

const PAGE_ROWS = 20;

export type Page<Row> = {
  readonly rows: readonly Row[];
  /** place of its first row */
  readonly from: number;
  /** from 1, within what there is */
  readonly number: number;
  readonly pages: number;
};

/** A page of rows; one that is not there is the nearest that is. */
export function pageOf<Row>(rows: readonly Row[], page: number): Page<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const number = Math.min(pages, Math.max(1, page));
  const from = (number - 1) * PAGE_ROWS;
  return { rows: rows.slice(from, from + PAGE_ROWS), from, number, pages };
}

/** The heat map in numbers: every feature, whatever page is shown, and its PSI of each week. */
export function heatValues({ weeks, score, features }: Drift): TableOfValues {
  return {
    columns: ["Feature", "In words", "Importance", "Reading", "Limit", ...weeks.map(({ week }) => week)],
    rows: [score, ...features].map((feature) => [
      feature.name,
      feature.text,
      feature.importance,
      feature.isCalendar ? "calendar" : (levelOf(feature) ?? ""),
      feature.limit,
      ...weeks.map((_, at) => feature.psiByWeek[at] ?? null),
    ]),
  };
}
