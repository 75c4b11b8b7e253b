import type { Tx } from "#server/db/client.ts";
import { defaultReviewSettings, ReviewSettings } from "#server/domain/review-settings.ts";

/** Under which key of the settings they lie. */
export const REVIEW_KEY = "review";

/** How this installation reviews; what was never set has its default. */
export async function readReviewSettings(db: Pick<Tx, "setting">): Promise<ReviewSettings> {
  const stored = await db.setting.findUnique({ where: { key: REVIEW_KEY } });
  return stored === null ? defaultReviewSettings : ReviewSettings.parse(stored.value);
}
