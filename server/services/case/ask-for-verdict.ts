import type { Tx } from "#server/db/client.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { askApproval } from "#server/services/approval/ask-approval.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { changeOpenCase, unclaimed } from "./change-open-case.ts";
import type { CloseCaseInput } from "./close-case.ts";
import { recordEvent } from "./record-event.ts";

/** Holds the case back with the verdict that waits for a second person; nobody else can take it meanwhile. */
export async function askForVerdict(
  tx: Tx,
  ctx: ServiceContext,
  input: CloseCaseInput,
  because: string,
): Promise<PendingApproval> {
  const { caseId, version, disposition } = input;
  const held = await changeOpenCase(tx, ctx, {
    caseId,
    version,
    data: { heldAt: ctx.now(), ...unclaimed },
  });
  const pending = await askApproval(tx, ctx, {
    kind: "case.close",
    subjectType: "case",
    subjectId: caseId,
    payload: { ...input, version: held.version },
    because,
  });
  const { approvalId, number } = pending;
  await recordEvent(tx, ctx, caseId, {
    kind: "approval",
    body: { step: "asked", number, approvalId, disposition, text: because },
  });
  return pending;
}
