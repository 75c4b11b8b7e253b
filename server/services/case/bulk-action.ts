import { z } from "zod";
import { Disposition } from "#server/domain/case.ts";
import { ServiceError } from "#server/domain/service-error.ts";

const LONGEST_DAYS = 30;
/** How many cases one bulk change takes at most. */
export const MOST_IN_BULK = 1000;
/** How long the person who made a bulk change may simply undo it. */
export const BULK_UNDO_SECONDS = 60;

const Reason = z.string().trim().max(2000).nullish();

/** What is done to all of the chosen cases. */
export const BulkAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("assign"), userId: z.string().min(1).max(128).nullable() }),
  z.strictObject({ kind: z.literal("close"), disposition: Disposition, reason: Reason }),
  z.strictObject({ kind: z.literal("reopen"), reason: Reason }),
  z.strictObject({ kind: z.literal("snooze"), until: z.iso.datetime() }),
  z.strictObject({ kind: z.literal("route"), queueId: z.string().min(1).max(128) }),
]);
export type BulkAction = z.infer<typeof BulkAction>;

/** A case as the preview saw it: one that changed since is skipped. */
const BulkItem = z.strictObject({ caseId: z.string().min(1).max(128), version: z.int() });
export const BulkItems = z.array(BulkItem).min(1).max(MOST_IN_BULK);
export type BulkItem = z.infer<typeof BulkItem>;

/** @throws ServiceError "invalid" for a time that a case cannot be snoozed until. */
export function requireSnoozable(until: Date, now: Date): void {
  const ahead = until.getTime() - now.getTime();
  if (ahead > 0 && ahead <= LONGEST_DAYS * 86_400_000) return;
  throw new ServiceError("invalid", `A case can be snoozed for at most ${LONGEST_DAYS} days.`);
}
