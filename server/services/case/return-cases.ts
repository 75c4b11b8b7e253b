import { inTransaction, recordAudits, type ServiceContext } from "#server/services/context.ts";
import { isPresent, perhapsAbsent } from "#server/services/user/presence.ts";
import { recordEvents } from "./record-event.ts";
import { waitsForSecond } from "./waits-for-second.ts";

/**
 * Takes up to `limit` open cases back from owners who are away, disabled or no longer work on cases, so that they
 * are free or assigned anew. What somebody works on at the moment stays until the claim ends, and what waits for a
 * second person until that one has answered for the case as it was. Returns how many.
 */
export async function returnCases(ctx: ServiceContext, limit: number): Promise<number> {
  const now = ctx.now();
  const at = now.toISOString();
  const maybe = await ctx.db.user.findMany({
    where: perhapsAbsent(now),
    select: { id: true, role: true, disabledAt: true, awayFrom: true, awayUntil: true },
  });
  const absent = maybe.filter((user) => !isPresent(user, now)).map(({ id }) => id);
  if (absent.length === 0) return 0;
  return inTransaction(ctx, async (tx) => {
    const returned = await tx.$queryRaw<{ id: string; ownerId: string }[]>`
      with theirs as materialized (
        select id, owner_id from "case" where status = 'open' and owner_id = any(${absent}::text[])
          and (claimed_until is null or claimed_until <= ${at}::timestamptz)
          and not ${waitsForSecond("case")}
        limit ${limit} for no key update skip locked)
      update "case" c set owner_id = null, version = c.version + 1 from theirs where c.id = theirs.id
      returning c.id, theirs.owner_id as "ownerId"`;
    if (returned.length === 0) return 0;
    await recordEvents(
      tx,
      ctx,
      returned.map(({ id, ownerId }) => ({
        caseId: id,
        kind: "assigned",
        body: { toId: null, to: null, fromId: ownerId, because: "absent" },
      })),
    );
    await recordAudits(
      tx,
      ctx,
      returned.map(({ id, ownerId }) => ({
        action: "case.assign",
        subjectType: "case",
        subjectId: id,
        before: { ownerId },
        after: { ownerId: null, because: "absent" },
      })),
    );
    return returned.length;
  });
}
