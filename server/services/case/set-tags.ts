import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { conflictOf } from "./refusal.ts";
import { tellOf } from "./tell-of.ts";

const CaseTag = z.string().regex(/^[a-z0-9-]{1,32}$/, "A tag is 1 to 32 small letters, digits and dashes");

export const SetTagsInput = CaseRef.extend({ version: z.int(), tags: z.array(CaseTag).max(20) });
export type SetTagsInput = z.infer<typeof SetTagsInput>;

/**
 * Replaces the tags of a case, open or closed. Each is kept once, in alphabetical order.
 * @throws ServiceError "forbidden", "invalid" (a card number), "not_found", or "conflict" (changed meanwhile).
 */
export async function setTags(ctx: ServiceContext, input: SetTagsInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  const { caseId, version } = input;
  const tags = [...new Set(input.tags)].sort();
  for (const tag of tags) checkText(tag, "tag");
  return inTransaction(ctx, async (tx) => {
    const before = await findCase(tx, ctx, caseId);
    const { count } = await tx.case.updateMany({
      where: { id: caseId, version },
      data: { tags, version: { increment: 1 } },
    });
    if (count === 0) throw conflictOf({ ...before, status: "open", holder: null }, null);
    await tellOf(tx, ctx, {
      caseId,
      action: "case.tag",
      kind: "tagged",
      body: { tags },
      before: { tags: [...before.tags] },
    });
    return findCase(tx, ctx, caseId);
  });
}
