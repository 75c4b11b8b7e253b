import type { Tx } from "#server/db/client.ts";
import type { Canary } from "#server/db/generated/client.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { recordAudit, type ServiceContext } from "#server/services/context.ts";

type Told = Pick<Canary, "id" | "modelVersionId" | "share">;

export type CanaryChange = {
  readonly action: "model.canary_start" | "model.canary_share" | "model.canary_stop";
  /** null while there was none */
  readonly before: Told | null;
  /** null when it ended */
  readonly after: Told | null;
  readonly reason: string;
};

/** In the transaction of the change: the audit row, and the word to the scoring servers. */
export async function announceCanary(
  tx: Tx,
  ctx: ServiceContext,
  { action, before, after, reason }: CanaryChange,
): Promise<void> {
  const subject = (after ?? before)?.modelVersionId ?? "";
  await recordAudit(tx, ctx, {
    action,
    subjectType: "model_version",
    subjectId: subject,
    before: before === null ? null : { share: before.share },
    after: { share: after?.share ?? 0, reason },
  });
  await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`canary ${subject}`})`;
}
