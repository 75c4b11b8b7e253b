import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { checkText } from "#server/services/case/check-text.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type SavedViewRow, savedViewRow, viewInclude } from "./saved-view-row.ts";

const MOST = 100;
const Name = z.string().trim().min(1, "Give it a name").max(60);
const Query = z.string().max(2000);

export const SaveViewInput = z.strictObject({ name: Name, query: Query });
export type SaveViewInput = z.infer<typeof SaveViewInput>;

/**
 * Keeps a view of the queue under a name of the actor's own.
 * @throws ServiceError "forbidden", "invalid", or "conflict" (the name is taken, or there are 100 already).
 */
export async function saveView(ctx: ServiceContext, input: SaveViewInput): Promise<SavedViewRow> {
  requirePermission(ctx.actor, "case:read");
  const ownerId = requireUser(ctx);
  checkText(input.name, "name");
  checkText(input.query, "view");
  return naming(input.name, () =>
    inTransaction(ctx, async (tx) => {
      if ((await tx.savedView.count({ where: { ownerId } })) >= MOST) {
        throw new ServiceError("conflict", `You have ${MOST} views already; delete one first.`);
      }
      const data = { ...input, ownerId, createdAt: ctx.now() };
      const stored = await tx.savedView.create({ data, include: viewInclude });
      const audited = { action: "saved_view.save", subjectType: "saved_view", subjectId: stored.id };
      await recordAudit(tx, ctx, { ...audited, after: { ...input } });
      return savedViewRow(stored, ownerId);
    }),
  );
}

export const ViewRef = z.strictObject({ viewId: z.string().min(1).max(128) });
export type ViewRef = z.infer<typeof ViewRef>;

export const ChangeViewInput = ViewRef.extend({
  name: Name.optional(),
  query: Query.optional(),
  /** seen by everyone; needs case:manage to be changed */
  shared: z.boolean().optional(),
});
export type ChangeViewInput = z.infer<typeof ChangeViewInput>;

/**
 * Renames, redefines, shares or unshares a view: one's own, and shared ones with case:manage.
 * @throws ServiceError "forbidden", "not_found", or "conflict" (the name is taken).
 */
export async function changeView(ctx: ServiceContext, input: ChangeViewInput): Promise<SavedViewRow> {
  requirePermission(ctx.actor, "case:read");
  const me = requireUser(ctx);
  if (input.shared !== undefined) requirePermission(ctx.actor, "case:manage");
  checkText(input.name, "name");
  checkText(input.query, "view");
  return naming(input.name ?? "", () =>
    inTransaction(ctx, async (tx) => {
      const before = await requireMine(tx, ctx, input.viewId);
      const { name = before.name, query = before.query, shared = before.shared } = input;
      const data = { name, query, shared };
      const stored = await tx.savedView.update({ where: { id: before.id }, data, include: viewInclude });
      await recordAudit(tx, ctx, {
        action: "saved_view.change",
        subjectType: "saved_view",
        subjectId: before.id,
        before: { name: before.name, query: before.query, shared: before.shared },
        after: data,
      });
      return savedViewRow(stored, me);
    }),
  );
}

/** Deletes a view: one's own, and shared ones with case:manage. @throws ServiceError "forbidden", "not_found" */
export async function deleteView(ctx: ServiceContext, input: ViewRef): Promise<void> {
  requirePermission(ctx.actor, "case:read");
  await inTransaction(ctx, async (tx) => {
    const { id, name, query, shared } = await requireMine(tx, ctx, input.viewId);
    await tx.savedView.deleteMany({ where: { id } });
    await recordAudit(tx, ctx, {
      action: "saved_view.delete",
      subjectType: "saved_view",
      subjectId: id,
      before: { name, query, shared },
    });
  });
}

async function requireMine(tx: Tx, ctx: ServiceContext, id: string) {
  const me = requireUser(ctx);
  const others = hasPermission(ctx.actor, "case:manage") ? [{ shared: true }] : [];
  const found = await tx.savedView.findFirst({ where: { id, OR: [{ ownerId: me }, ...others] } });
  if (found === null) throw new ServiceError("not_found", "You have no such view.");
  return found;
}

function requireUser(ctx: ServiceContext): string {
  if (ctx.actor.kind === "user") return ctx.actor.id;
  throw new ServiceError("forbidden", "Views are kept for people.");
}

async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", `There is a view named ${name} already.`, { cause: error });
  }
}
