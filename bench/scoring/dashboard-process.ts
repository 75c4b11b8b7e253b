import { openDatabase } from "#server/db/client.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readCosts } from "#server/services/cost/index.ts";
import { readOverview } from "#server/services/overview/index.ts";
import { readOverTime, readPerformance } from "#server/services/performance/index.ts";

/**
 * Plays a person who reloads the dashboard's heaviest page without end: asks everything once, then the slowest again
 * and again, on DATABASE_URL. A process of its own, as the pages are served by one; it ends with its parent.
 */
export type DashboardNews =
  | {
      readonly kind: "chosen";
      readonly query: string;
      readonly milliseconds: Readonly<Record<string, number>>;
    }
  | { readonly kind: "read"; readonly milliseconds: number };

const db = openDatabase(process.env.DATABASE_URL ?? "", 4);
const ctx: ServiceContext = { db, actor: { kind: "system", name: "bench" }, now: () => new Date() };
const window = AnalysisWindow.parse({ preset: "90", basis: "labelled", version: "all" });
const queries: Readonly<Record<string, () => Promise<unknown>>> = {
  "performance over 90 days": () => readPerformance(ctx, window),
  "performance over time, 90 days": () => readOverTime(ctx, { ...window, threshold: 0.5 }),
  "costs over 90 days": () => readCosts(ctx, { ...window, currency: null }),
  overview: () => readOverview(ctx),
};
process.on("SIGINT", () => {}); // Ctrl-C reaches the parent, which ends this process
process.on("disconnect", () => process.exit(0));

const milliseconds: Record<string, number> = {};
for (const [name, query] of Object.entries(queries)) {
  await query(); // the second time is a reload
  milliseconds[name] = await timed(query);
}
const [slowest = "overview"] = Object.keys(milliseconds).sort(
  (a, b) => (milliseconds[b] ?? 0) - (milliseconds[a] ?? 0),
);
tell({ kind: "chosen", query: slowest, milliseconds });
for (;;) tell({ kind: "read", milliseconds: await timed(queries[slowest] ?? (() => readOverview(ctx))) });

async function timed(query: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await query();
  return performance.now() - start;
}

function tell(news: DashboardNews): void {
  process.send?.(news);
}
