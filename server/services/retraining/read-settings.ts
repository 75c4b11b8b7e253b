import type { Tx } from "#server/db/client.ts";
import { defaultRetrainingSettings, RetrainingSettings } from "#server/domain/retraining-settings.ts";

/** Under which key of the settings they lie. */
export const RETRAINING_KEY = "retraining";

/** When models are trained anew and what becomes of them; what was never set has its default. */
export async function readRetrainingSettings(db: Pick<Tx, "setting">): Promise<RetrainingSettings> {
  const stored = await db.setting.findUnique({ where: { key: RETRAINING_KEY } });
  return stored === null ? defaultRetrainingSettings : RetrainingSettings.parse(stored.value);
}
