import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { recordAudit, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import type { ModelView } from "./view.ts";

export type ChampionChange = {
  readonly action: "model.promote" | "model.rollback";
  readonly before: ModelVersion | null;
  readonly after: ModelView;
  /** what else the audit row tells */
  readonly told?: Readonly<Record<string, string>>;
};

/** In the transaction of the change: the audit row, the webhook event, and the word to the scoring servers. */
export async function announceChampion(tx: Tx, ctx: ServiceContext, change: ChampionChange): Promise<void> {
  const { before, after, action, told } = change;
  const named = before === null ? null : { versionId: before.id, number: before.number };
  await recordAudit(tx, ctx, {
    action,
    subjectType: "model_version",
    subjectId: after.id,
    before: named,
    after: { versionId: after.id, number: after.number, family: after.family, ...told },
  });
  await recordOutbox(tx, ctx.now(), "model.promoted", {
    modelVersion: after.id,
    number: after.number,
    family: after.family,
    featureSetVersion: after.featureSetVersion,
    previousModelVersion: before?.id ?? null,
    rollback: action === "model.rollback",
  });
  await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`model ${after.id}`})`;
}
