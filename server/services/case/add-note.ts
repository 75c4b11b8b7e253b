import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { mentionedIn } from "./mentioned-in.ts";
import { recordEvent } from "./record-event.ts";

export const AddNoteInput = CaseRef.extend({ text: z.string().trim().min(1).max(4000) });
export type AddNoteInput = z.infer<typeof AddNoteInput>;

export type AddedNote = { readonly at: string; readonly mentioned: readonly Person[] };

/**
 * Adds a note to a case, open or closed. Notes never contradict what others see, so no version is asked for. Whoever
 * is named in it, as "@[user id]" or "@" and an e-mail address, finds it among their mentions.
 * @throws ServiceError "forbidden", "invalid" (a card number), "not_found".
 */
export async function addNote(ctx: ServiceContext, input: AddNoteInput): Promise<AddedNote> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.text, "note");
  const { text } = input;
  return inTransaction(ctx, async (tx) => {
    const { id } = await findCase(tx, ctx, input.caseId);
    const mentioned = await findMentioned(tx, text);
    const mentions = mentioned.map((person) => ({ id: person.id, name: person.name }));
    const eventSeq = await recordEvent(tx, ctx, id, { kind: "note", body: { text, mentions } });
    const at = ctx.now();
    await tx.mention.createMany({
      data: mentioned.map((person) => ({ eventSeq, userId: person.id, caseId: id, at })),
    });
    const after = { text, mentioned: mentioned.map((person) => person.id) };
    await recordAudit(tx, ctx, { action: "case.note", subjectType: "case", subjectId: id, after });
    return { at: at.toISOString(), mentioned };
  });
}

/** Who of those named may read the case; unknown and disabled ones are just text. */
async function findMentioned(tx: Tx, text: string): Promise<Person[]> {
  const { ids, emails } = mentionedIn(text);
  if (ids.length + emails.length === 0) return [];
  return tx.user.findMany({
    where: { disabledAt: null, OR: [{ id: { in: ids } }, { email: { in: emails } }] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}
