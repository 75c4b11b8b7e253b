import { z } from "zod";
import { containsCardNumber } from "#server/domain/card-number.ts";
import { Label, LabelSource } from "#server/domain/label.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { MAX_AHEAD_MS } from "#server/domain/transaction.ts";

export const LabelInput = z.strictObject({
  transactionId: z.string().min(1).max(128),
  label: Label,
  source: LabelSource,
  /** when it was found out: of the dispute, the report or the verdict */
  occurredAt: z.date(),
  note: z.string().max(2000).nullish(),
});
export type LabelInput = z.infer<typeof LabelInput>;

/** @throws ServiceError "invalid" when the note holds a card number or the time lies ahead of the clock. */
export function checkLabel(input: LabelInput, now: Date): void {
  if (input.occurredAt.getTime() > now.getTime() + MAX_AHEAD_MS) {
    throw new ServiceError("invalid", "occurredAt lies more than 5 minutes ahead.");
  }
  if (containsCardNumber(input.note ?? "")) {
    throw new ServiceError("invalid", "The note seems to hold a card number; leave it out.");
  }
}
