import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { recordEvent } from "#server/services/case/record-event.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { StoredApproval } from "./approval-row.ts";

const HeldVersion = z.looseObject({ version: z.int() });

/**
 * What an answer means for the case it is about: a line of its timeline, and unless approved the case goes back to the
 * queue, a returned one as its asker's. A case that changed since is left as it is. Other subjects need nothing.
 */
export async function settleSubject(tx: Tx, ctx: ServiceContext, approval: StoredApproval): Promise<void> {
  if (approval.kind !== "case.close") return;
  const { id: approvalId, subjectId: caseId, status, number, note, requestedById } = approval;
  if (status !== "approved") {
    const held = { id: caseId, status: "open", version: HeldVersion.parse(approval.payload).version };
    if (status === "returned") {
      await tx.case.updateMany({ where: { ...held, ownerId: null }, data: { ownerId: requestedById } });
    }
    await tx.case.updateMany({ where: held, data: { heldAt: null, version: { increment: 1 } } });
  }
  await recordEvent(tx, ctx, caseId, {
    kind: "approval",
    body: { step: status, number, approvalId, text: note },
  });
}
