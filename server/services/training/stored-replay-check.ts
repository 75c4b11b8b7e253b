import { z } from "zod";
import type { Database, Tx } from "#server/db/client.ts";
import type { ReplayCheckReport } from "./replay-check.ts";

const Compared = z.object({
  compared: z.int(),
  differing: z.int(),
  examples: z.array(z.string()),
});

const Stored = z.object({
  /** ISO 8601 UTC */
  at: z.string(),
  /** about so many decisions were compared; null: every one */
  sample: z.int().nullable(),
  features: Compared.extend({ byFeature: z.array(z.object({ feature: z.string(), rows: z.int() })) }),
  scores: Compared,
});

/** The latest replay check of a feature set, as pages show it. */
export type StoredReplayCheck = z.infer<typeof Stored>;

const keyOf = (featureSetVersion: string): string => `replayCheck:${featureSetVersion}`;

/** Keeps the result of a check, per feature set, in place of the one before it. */
export async function storeReplayCheck(
  db: Database | Tx,
  reports: readonly ReplayCheckReport[],
  { at, sample }: { readonly at: Date; readonly sample: number | null },
): Promise<void> {
  for (const { featureSetVersion, features, scores } of reports) {
    const key = keyOf(featureSetVersion);
    const value = Stored.parse({ at: at.toISOString(), sample, features, scores });
    await db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
  }
}

/** The latest check of a feature set; null before the first. */
export async function readReplayCheck(
  db: Database | Tx,
  featureSetVersion: string,
): Promise<StoredReplayCheck | null> {
  const setting = await db.setting.findUnique({ where: { key: keyOf(featureSetVersion) } });
  const stored = Stored.safeParse(setting?.value);
  return stored.success ? stored.data : null;
}
