import { requirePermission } from "#server/domain/permission.ts";
import { reopenDisputedCases } from "#server/services/case/reopen-disputed-cases.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { addLabel, type LabelRecord } from "./add-label.ts";
import { checkLabel, type LabelInput } from "./label-input.ts";
import { lockLabelOrder } from "./label-order.ts";

/**
 * Records that a payment was fraud or legitimate. Append-only; idempotent on (transactionId, source, label,
 * occurredAt) however many callers send it at once. A chargeback against a "legitimate" verdict reopens the case.
 * @throws ServiceError "forbidden", "invalid" (see checkLabel) or "not_found" (unknown transaction).
 */
export async function recordLabel(ctx: ServiceContext, input: LabelInput): Promise<LabelRecord> {
  requirePermission(ctx.actor, "label:record");
  checkLabel(input, ctx.now());
  return inTransaction(ctx, async (tx) => {
    await lockLabelOrder(tx);
    const { seq: _, ...added } = await addLabel(tx, ctx, input);
    if (added.created && added.source === "chargeback" && added.label === "fraud") {
      await reopenDisputedCases(tx, ctx, [added.transactionId]);
    }
    return added;
  });
}
