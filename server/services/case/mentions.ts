import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";

export type MentionRow = {
  readonly eventSeq: string;
  readonly caseId: string;
  readonly caseNumber: number;
  readonly at: string;
  readonly by: Person | null;
  readonly text: string;
};

/** Counted and listed up to here; more are reached by reading these. */
const MOST = 100;

const NoteBody = z.looseObject({ text: z.string().catch("") });

/** The notes that name the actor and that they have not read, newest first, at most 100. @throws "forbidden" */
export async function unreadMentions(ctx: ServiceContext): Promise<MentionRow[]> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.mention.findMany({
    where: { userId: actorId(ctx.actor) ?? "nobody", readAt: null },
    orderBy: { at: "desc" },
    take: MOST,
    include: { case: { select: { number: true } } },
  });
  const events = await ctx.db.caseEvent.findMany({
    where: { seq: { in: stored.map((mention) => mention.eventSeq) } },
    include: { actor: { select: { id: true, name: true } } },
  });
  const notes = new Map(events.map((event) => [event.seq, event]));
  return stored.map((mention) => {
    const note = notes.get(mention.eventSeq);
    return {
      eventSeq: String(mention.eventSeq),
      caseId: mention.caseId,
      caseNumber: mention.case.number,
      at: mention.at.toISOString(),
      by: note?.actor ?? null,
      text: NoteBody.catch({ text: "" }).parse(note?.body).text,
    };
  });
}

export const ReadMentionsInput = z.strictObject({
  /** those of one case, or all of the actor's */
  caseId: z.string().min(1).max(128).nullish(),
});
export type ReadMentionsInput = z.infer<typeof ReadMentionsInput>;

/** Marks the actor's own mentions as read; nothing else about them changes. @throws ServiceError "forbidden" */
export async function readMentions(
  ctx: ServiceContext,
  input: ReadMentionsInput,
): Promise<{ readonly read: number }> {
  requirePermission(ctx.actor, "case:read");
  const { count } = await ctx.db.mention.updateMany({
    where: {
      userId: actorId(ctx.actor) ?? "nobody",
      readAt: null,
      ...(input.caseId ? { caseId: input.caseId } : {}),
    },
    data: { readAt: ctx.now() },
  });
  return { read: count };
}
