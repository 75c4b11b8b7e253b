import type { inferRouterOutputs } from "@trpc/server";
import { count } from "#app/format/number.ts";
import type { AppRouter } from "#server/api/root.ts";

type QueuePreview = inferRouterOutputs<AppRouter>["queue"]["preview"];

/** "Would take 42 of the 87 open cases now; 12 more fit, but earlier queues take them." */
export function previewWords({ lookedAt, isAll, taken, takenEarlier }: QueuePreview): string {
  if (lookedAt === 0) return "No case is open now.";
  const open = `${isAll ? "the" : "the newest"} ${count(lookedAt)} open cases`;
  const takes = `Would take ${taken === 0 ? "none" : count(taken)} of ${open} now`;
  if (takenEarlier === 0) return `${takes}.`;
  if (takenEarlier === 1) return `${takes}; 1 more fits, but an earlier queue takes it.`;
  return `${takes}; ${count(takenEarlier)} more fit, but earlier queues take them.`;
}
