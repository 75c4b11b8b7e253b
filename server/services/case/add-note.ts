import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { recordEvent } from "./record-event.ts";

export const AddNoteInput = CaseRef.extend({ text: z.string().trim().min(1).max(4000) });
export type AddNoteInput = z.infer<typeof AddNoteInput>;

/**
 * Adds a note to a case, open or closed. Notes never contradict what others see, so no version is asked for.
 * @throws ServiceError "forbidden", "invalid" (a card number), "not_found".
 */
export async function addNote(ctx: ServiceContext, input: AddNoteInput): Promise<{ at: string }> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.text, "note");
  const now = ctx.now();
  return inTransaction(ctx, async (tx) => {
    const { id } = await findCase(tx, ctx, input.caseId);
    await recordEvent(tx, ctx, id, { kind: "note", body: { text: input.text } });
    await recordAudit(tx, ctx, {
      action: "case.note",
      subjectType: "case",
      subjectId: id,
      after: { text: input.text },
    });
    return { at: now.toISOString() };
  });
}
