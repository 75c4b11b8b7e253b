import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultRetrainingSettings, RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { RETRAINING_KEY, readRetrainingSettings } from "./read-settings.ts";

export const ChangeRetrainingInput = z.strictObject({
  settings: RetrainingSettings,
  /** the settings that the change was made from; others by now are a conflict */
  expected: RetrainingSettings,
});
export type ChangeRetrainingInput = z.infer<typeof ChangeRetrainingInput>;

/**
 * Changes when models are trained anew. What becomes of their results needs the permission to promote.
 * @throws ServiceError "forbidden", or "conflict" when someone else changed the settings meanwhile
 */
export async function changeRetrainingSettings(
  ctx: ServiceContext,
  { settings, expected }: ChangeRetrainingInput,
): Promise<RetrainingSettings> {
  requirePermission(ctx.actor, "model:train");
  const decidesResults = settings.promotion !== expected.promotion || settings.rollback !== expected.rollback;
  if (decidesResults) requirePermission(ctx.actor, "model:promote");
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`
      insert into setting (key, value) values (${RETRAINING_KEY}, ${JSON.stringify(defaultRetrainingSettings)}::jsonb)
      on conflict (key) do nothing`;
    await tx.$executeRaw`select key from setting where key = ${RETRAINING_KEY} for update`;
    const before = await readRetrainingSettings(tx);
    if (!isDeepStrictEqual(before, expected)) {
      throw new ServiceError("conflict", "Someone else changed the retraining settings; look at them first.");
    }
    await tx.setting.update({ where: { key: RETRAINING_KEY }, data: { value: settings } });
    await recordAudit(tx, ctx, {
      action: "retraining.settings",
      subjectType: "setting",
      subjectId: RETRAINING_KEY,
      before,
      after: settings,
    });
    return settings;
  });
}
