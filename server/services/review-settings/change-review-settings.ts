import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { defaultReviewSettings, ReviewSettings } from "#server/domain/review-settings.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { REVIEW_KEY, readReviewSettings } from "./read-review-settings.ts";

export const ChangeReviewSettingsInput = z.strictObject({
  settings: ReviewSettings,
  /** the settings that the change was made from; others by now are a conflict */
  expected: ReviewSettings,
});
export type ChangeReviewSettingsInput = z.infer<typeof ChangeReviewSettingsInput>;

/**
 * Changes how this installation reviews; verbs heed it from their next call on.
 * @throws ServiceError "forbidden", or "conflict" when someone else changed the settings meanwhile.
 */
export async function changeReviewSettings(
  ctx: ServiceContext,
  input: ChangeReviewSettingsInput,
): Promise<ReviewSettings> {
  requirePermission(ctx.actor, "review:settings");
  const { settings, expected } = input;
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`
      insert into setting (key, value) values (${REVIEW_KEY}, ${JSON.stringify(defaultReviewSettings)}::jsonb)
      on conflict (key) do nothing`;
    await tx.$executeRaw`select key from setting where key = ${REVIEW_KEY} for update`;
    const before = await readReviewSettings(tx);
    if (!isDeepStrictEqual(before, expected)) {
      throw new ServiceError("conflict", "Someone else changed the review settings; look at them first.");
    }
    await tx.setting.update({ where: { key: REVIEW_KEY }, data: { value: settings } });
    await recordAudit(tx, ctx, {
      action: "review.settings",
      subjectType: "setting",
      subjectId: REVIEW_KEY,
      before,
      after: settings,
    });
    return settings;
  });
}
