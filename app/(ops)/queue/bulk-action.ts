import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";
import type { QueuePile } from "#server/domain/case.ts";

type Inputs = inferRouterInputs<AppRouter>["case"];
export type BulkAction = Inputs["bulkExecute"]["action"];
export type BulkKind = BulkAction["kind"];
export type BulkPreview = inferRouterOutputs<AppRouter>["case"]["bulkPreview"];
export type BulkChosen = Inputs["bulkPreview"]["chosen"];

type Look = { readonly verb: string; readonly past: string; readonly title: string; readonly key: string };

/** Words and key of each change of many cases. */
export const bulkLook: Record<BulkKind, Look> = {
  assign: { verb: "Assign", past: "assigned", title: "Assign cases", key: "a" },
  snooze: { verb: "Snooze", past: "snoozed", title: "Snooze cases", key: "s" },
  close: { verb: "Close", past: "closed", title: "Close cases", key: "c" },
  route: { verb: "Move", past: "moved", title: "Move cases to a queue", key: "m" },
  reopen: { verb: "Reopen", past: "reopened", title: "Reopen cases", key: "o" },
};

/** What can be done with the cases of a pile. */
export function bulkKinds(pile: QueuePile): readonly BulkKind[] {
  return pile === "closed" ? ["reopen"] : ["assign", "snooze", "close", "route"];
}
