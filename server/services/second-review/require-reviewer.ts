import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The person who reviews a second time. @throws ServiceError "forbidden", also to machines: a review is a person's. */
export function requireReviewer({ actor }: ServiceContext): string {
  requirePermission(actor, "second_review:work");
  if (actor.kind !== "user") throw new ServiceError("forbidden", "Only a person can review a case again.");
  return actor.id;
}
