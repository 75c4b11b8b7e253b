import { z } from "zod";
import type { Canary } from "#server/db/generated/client.ts";
import { CanaryEnd } from "#server/domain/canary.ts";

/** A canary as its page shows it. Times are ISO 8601 UTC. */
export const CanaryView = z.object({
  id: z.string(),
  modelVersionId: z.string(),
  championId: z.string(),
  share: z.number(),
  reason: z.string(),
  startedAt: z.string(),
  startedByName: z.string(),
  /** decisions since are compared */
  countedFrom: z.string(),
  endedAt: z.string().nullable(),
  ended: CanaryEnd.nullable(),
  endedBecause: z.string().nullable(),
});
export type CanaryView = z.infer<typeof CanaryView>;

export function canaryView(canary: Canary | (Omit<Canary, "checks"> & { checks: unknown })): CanaryView {
  return {
    id: canary.id,
    modelVersionId: canary.modelVersionId,
    championId: canary.championId,
    share: canary.share,
    reason: canary.reason,
    startedAt: canary.startedAt.toISOString(),
    startedByName: canary.startedByName,
    countedFrom: canary.countedFrom.toISOString(),
    endedAt: canary.endedAt?.toISOString() ?? null,
    ended: canary.ended === null ? null : CanaryEnd.parse(canary.ended),
    endedBecause: canary.endedBecause,
  };
}
