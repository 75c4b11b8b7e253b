import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { orAskApproval, refuseAlone } from "#server/services/approval/four-eyes.ts";
import { endWithChampion } from "#server/services/canary/end-canary.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findVerdict } from "#server/services/promotion/find-verdict.ts";
import { announceChampion } from "./announce-champion.ts";
import { changedMeanwhile, changeStatus, settlingRaces } from "./champion-change.ts";
import { requireRulesReadable, requireServable } from "./require-servable.ts";
import { type ModelView, modelView } from "./view.ts";

/**
 * Makes a version the champion; the one before it retires. Scoring servers are told and use it within seconds.
 * @throws ServiceError "forbidden", "not_found", "invalid" (its artefact can't be served, or the active rules
 * name features that it does not have) or "conflict" (it is the
 * champion already, or someone else promoted or rolled back at the same moment)
 */
export async function promoteModel(ctx: ServiceContext, input: PromoteInput): Promise<ModelView> {
  requirePermission(ctx.actor, "model:promote");
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      await refuseAlone(tx, ctx, "promotion");
      return promoteIn(tx, ctx, input);
    }),
  );
}

export const PromoteInput = z.strictObject({
  versionId: z.string().min(1).max(64),
  /** the champion that it was compared with; another one by now is a conflict. Left out: whichever it is. */
  expectedChampionId: z.string().max(64).nullable().optional(),
  /** why, which a person who promotes against the gate's verdict must say */
  reason: z.string().trim().max(1_000).optional(),
});
export type PromoteInput = z.infer<typeof PromoteInput>;

/** `promoteModel`, or where the review settings ask for four eyes a request to a second person. */
export async function proposePromotion(
  ctx: ServiceContext,
  input: PromoteInput,
): Promise<ModelView | PendingApproval> {
  requirePermission(ctx.actor, "model:promote");
  return settlingRaces(() =>
    inTransaction(ctx, async (tx) => {
      const { candidate, before } = await requirePromotable(tx, input);
      await requireReason(tx, ctx, { candidate, before, reason: input.reason });
      const { reason } = input;
      const expectedChampionId = before?.id ?? null;
      const payload = { versionId: candidate.id, expectedChampionId, ...(reason ? { reason } : {}) };
      const subject = { subjectType: "model_version", subjectId: candidate.id };
      const asked = { kind: "model.promote", ...subject, payload } as const;
      return orAskApproval(tx, ctx, "promotion", { asked, make: () => promoteIn(tx, ctx, input) });
    }),
  );
}

/** The promotion itself, in the transaction of its caller. */
export async function promoteIn(tx: Tx, ctx: ServiceContext, input: PromoteInput): Promise<ModelView> {
  const { candidate, before } = await requirePromotable(tx, input);
  const { reason } = input;
  const againstGate = await requireReason(tx, ctx, { candidate, before, reason });
  const now = ctx.now();
  if (before !== null) await changeStatus(tx, before, { status: "retired", retiredAt: now });
  await changeStatus(tx, candidate, { status: "champion", promotedAt: now, retiredAt: null });
  const after = modelView({ ...candidate, status: "champion", promotedAt: now, retiredAt: null });
  await endWithChampion(tx, ctx, after);
  await announceChampion(tx, ctx, {
    action: "model.promote",
    before,
    after,
    told: { ...(reason ? { reason } : {}), ...(againstGate === null ? {} : { againstGate }) },
  });
  return after;
}

type Promotion = {
  readonly candidate: ModelVersion;
  readonly before: ModelVersion | null;
  readonly reason: string | undefined;
};

/** What the gate said against this promotion, null where nothing. @throws ServiceError "invalid" without a reason */
async function requireReason(
  tx: Tx,
  ctx: ServiceContext,
  { candidate, before, reason }: Promotion,
): Promise<string | null> {
  const verdict = await findVerdict(tx, candidate.id);
  if (verdict === null || verdict.promote || verdict.championId !== before?.id) return null;
  if (ctx.actor.kind === "user" && !reason) {
    throw new ServiceError(
      "invalid",
      `The gate held version ${candidate.number} back, so promoting it needs a reason. ${verdict.because}`,
    );
  }
  return verdict.because;
}

async function requirePromotable(
  tx: Tx,
  input: PromoteInput,
): Promise<{ candidate: ModelVersion; before: ModelVersion | null }> {
  const candidate = await tx.modelVersion.findUnique({ where: { id: input.versionId } });
  if (candidate === null) throw new ServiceError("not_found", "There is no such model version.");
  if (candidate.status === "champion") {
    throw new ServiceError("conflict", `Version ${candidate.number} is the champion already.`);
  }
  await requireRulesReadable(tx, candidate, await requireServable(tx, candidate));
  const before = await tx.modelVersion.findFirst({ where: { status: "champion" } });
  const { expectedChampionId } = input;
  if (expectedChampionId !== undefined && expectedChampionId !== (before?.id ?? null)) {
    throw changedMeanwhile();
  }
  return { candidate, before };
}
