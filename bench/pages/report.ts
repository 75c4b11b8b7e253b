import type { ApiTimes } from "./api-times.ts";
import type { PaintTimes } from "./paint-times.ts";

const API_GOAL_MS = 150;
const PAINT_GOAL_MS = 1_000;

/** Null where there was no browser. */
export type Paints = Readonly<Record<string, PaintTimes>> | null;

export type PagesSummary = {
  readonly apiMsP95: Readonly<Record<string, number>>;
  readonly firstPaintMs: Readonly<Record<string, number>> | null;
};

/** A page's name: its address without the slash. */
export function pageName(href: string): string {
  return href === "/" ? "overview" : href.slice(1);
}

/** What the last line says: a page's figure is that of its slowest request. */
export function summaryOf(api: ApiTimes, paints: Paints): PagesSummary {
  const named = <T>(of: Readonly<Record<string, T>>, read: (value: T) => number): Record<string, number> =>
    Object.fromEntries(Object.entries(of).map(([href, value]) => [pageName(href), Math.round(read(value))]));
  return {
    apiMsP95: named(api, (batches) => Math.max(...batches.map(({ p95Ms }) => p95Ms))),
    firstPaintMs: paints === null ? null : named(paints, ({ firstPaintMs }) => firstPaintMs),
  };
}

/** A line a request, and the paint of its page on the first of them. */
export function tableOf(api: ApiTimes, paints: Paints): string {
  const head = ["page", "request", "first", "p50", "p95", "first paint", "content"];
  const rows = Object.entries(api).flatMap(([href, batches]) =>
    batches.map(({ batch, firstMs, p50Ms, p95Ms }, place) => {
      const paint = place === 0 ? paints?.[href] : undefined;
      const goal = [whole(p95Ms, API_GOAL_MS), whole(paint?.firstPaintMs, PAINT_GOAL_MS)] as const;
      const page = place === 0 ? pageName(href) : "";
      return [page, batch, whole(firstMs), whole(p50Ms), goal[0], goal[1], whole(paint?.contentMs)];
    }),
  );
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, c) => (c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join("  ");
  return [head, ...rows].map(line).join("\n");
}

/** Milliseconds, with a mark where they miss their goal. */
function whole(ms: number | undefined, goal = Number.POSITIVE_INFINITY): string {
  if (ms === undefined) return "";
  return `${ms >= goal ? "! " : ""}${Math.round(ms)}`;
}
