import type { Actor } from "#server/domain/actor.ts";
import { hasPermission } from "#server/domain/permission.ts";
import type { CaseRow } from "./case-row.ts";

/**
 * The case as this actor may see it. A masked one shows neither score, reason, expected loss nor origin until it is
 * closed, so that explored payments look like the others; whoever manages cases sees everything.
 */
export function maskCase<R extends CaseRow>(row: R, actor: Actor): R {
  if (!row.masked || row.status === "closed" || seesMasked(actor)) return row;
  return { ...row, ...hiddenParts };
}

const hiddenParts = {
  ...{ score: null, topReason: null, expectedLossMinor: null, joinedLossMinor: null },
  origin: "policy",
} as const;

/** Whether masked cases hide nothing from this actor. */
export function seesMasked(actor: Actor): boolean {
  return hasPermission(actor, "case:manage");
}
