import type { Database } from "#server/db/client.ts";
import type { StoredVerdict } from "#server/domain/gate-verdict.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { Role } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { proposePromotion } from "#server/services/model/promote-model.ts";
import { readRetrainingSettings } from "#server/services/retraining/read-settings.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";

export type Followed = "promoted" | "asked" | "held";

export type Verdicted = {
  readonly versionId: string;
  /** null where there was nothing to judge against */
  readonly verdict: StoredVerdict | null;
  /** who asked for the run; null for a trigger or a command */
  readonly requestedById: string | null;
};

/**
 * Promotes what the gate let through where the settings say so. Where promotions need a second person, who asked for
 * the run asks for the approval; a run that nobody asked for is held for a person, which is audited.
 */
export async function followVerdict(
  { db, now }: { readonly db: Database; readonly now: () => Date },
  { versionId, verdict, requestedById }: Verdicted,
): Promise<Followed> {
  if (verdict?.promote !== true) return "held";
  if ((await readRetrainingSettings(db)).promotion !== "automatic") return "held";
  const job: ServiceContext = { db, now, actor: { kind: "job", name: "promotion gate" } };
  const { promotion } = (await readReviewSettings(db)).fourEyes;
  const ctx = promotion ? await asPerson(job, requestedById) : job;
  if (ctx === null)
    return hold(job, versionId, "Promoting needs a second person, and nobody asked for this run.");
  try {
    const input = { versionId, expectedChampionId: verdict.championId, reason: verdict.because };
    return isPendingApproval(await proposePromotion(ctx, input)) ? "asked" : "promoted";
  } catch (error) {
    // The champion changed meanwhile, or the version cannot serve: a person decides.
    if (!(error instanceof ServiceError)) throw error;
    return hold(job, versionId, error.message);
  }
}

async function asPerson(job: ServiceContext, id: string | null): Promise<ServiceContext | null> {
  const user = id === null ? null : await job.db.user.findUnique({ where: { id } });
  if (user === null || user.disabledAt !== null) return null;
  return { ...job, actor: { kind: "user", id: user.id, name: user.name, role: Role.parse(user.role) } };
}

async function hold(job: ServiceContext, versionId: string, because: string): Promise<"held"> {
  await inTransaction(job, (tx) =>
    recordAudit(tx, job, {
      action: "model.promotion_held",
      subjectType: "model_version",
      subjectId: versionId,
      after: { because },
    }),
  );
  return "held";
}
