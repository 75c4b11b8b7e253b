import { DAY_MS } from "#server/domain/day.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import type { QualityInput } from "#server/domain/review-quality.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Whose work in which time may be told to the actor. */
export type QualityScope = {
  readonly from: Date;
  readonly to: Date;
  /** null: everyone's */
  readonly userId: string | null;
};

/**
 * Everyone's work for those who look after quality, one's own for everyone who works on cases.
 * @throws ServiceError "forbidden"
 */
export function qualityScope({ actor, now }: ServiceContext, { days }: QualityInput): QualityScope {
  const to = now();
  const from = new Date(to.getTime() - days * DAY_MS);
  if (hasPermission(actor, "review:quality")) return { from, to, userId: null };
  requirePermission(actor, "review:own_quality");
  return { from, to, userId: actor.kind === "user" ? actor.id : "" };
}
