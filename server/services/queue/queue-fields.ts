import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { containsCardNumber } from "#server/domain/card-number.ts";
import { isCurrency } from "#server/domain/money.ts";
import { GENERAL_QUEUE_ID, QueueAssignment, QueueRouting } from "#server/domain/queue.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { worksOnCases } from "#server/services/user/presence.ts";

const LONGEST_SLA_MINUTES = 365 * 24 * 60;

/** What a queue is made of. */
export const QueueFields = z.strictObject({
  name: z.string().trim().min(1, "Give the queue a name").max(60),
  description: z.string().trim().max(500).default(""),
  routing: QueueRouting,
  /** minutes from opening to the promised verdict; null for no promise */
  slaMinutes: z.int().min(1).max(LONGEST_SLA_MINUTES).nullable(),
  assignment: QueueAssignment,
  /** who gets cases of a queue that assigns them */
  memberIds: z.array(z.string().min(1).max(128)).max(500),
});
export type QueueFields = z.infer<typeof QueueFields>;

/**
 * Checks what a schema can't: ranges, the members, and that General takes everything.
 * @throws ServiceError "invalid"
 */
export async function checkFields(tx: Tx, fields: QueueFields, queueId?: string): Promise<void> {
  const { routing } = fields;
  if ([fields.name, fields.description].some(containsCardNumber)) {
    throw new ServiceError("invalid", "This looks like a card number; leave it out.");
  }
  if (isReversed(routing.minAmountMinor, routing.maxAmountMinor)) {
    throw new ServiceError("invalid", "The lowest amount is above the highest.");
  }
  if (routing.amountCurrency !== undefined && !isCurrency(routing.amountCurrency)) {
    throw new ServiceError("invalid", `${routing.amountCurrency} is no currency.`);
  }
  if (isReversed(routing.minScore, routing.maxScore)) {
    throw new ServiceError("invalid", "The lowest score is above the highest.");
  }
  if (queueId === GENERAL_QUEUE_ID && Object.keys(routing).length > 0) {
    throw new ServiceError("invalid", "General takes what no other queue does; it has no conditions.");
  }
  await checkMembers(tx, fields.memberIds);
}

function isReversed(min: number | undefined, max: number | undefined): boolean {
  return min !== undefined && max !== undefined && min > max;
}

async function checkMembers(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(memberIds)];
  const found = await tx.user.findMany({ where: { id: { in: wanted }, disabledAt: null } });
  if (found.length < wanted.length) throw new ServiceError("invalid", "One of the members does not exist.");
  const idle = found.find(({ role }) => !worksOnCases(role));
  if (idle !== undefined) throw new ServiceError("invalid", `${idle.name} does not work on cases.`);
}
