import { z } from "zod";
import { defaultFeatureSet, featureSetByName } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Database, Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";

/** The setting under which an import says which features suit its data. */
const FEATURE_SET_SETTING = "featureSet";

const Name = z.string().min(1);
const DeclaredAttribute = z.union([Name, z.object({ name: Name, kind: z.enum(["number", "category"]) })]);

export const FeatureSetChoice = z.object({
  name: Name,
  attributes: z.array(DeclaredAttribute).default([]),
});
export type FeatureSetChoice = z.infer<typeof FeatureSetChoice>;

/**
 * The feature set that training uses: the stored choice (an import makes it for data whose customers or merchants
 * mean nothing), else the default set.
 * @throws ServiceError "invalid" when the stored choice names no feature set
 */
export async function resolveFeatureSet(db: Database | Tx): Promise<FeatureSet> {
  const setting = await db.setting.findUnique({ where: { key: FEATURE_SET_SETTING } });
  if (setting === null) return defaultFeatureSet;
  const choice = FeatureSetChoice.safeParse(setting.value);
  if (!choice.success) throw new ServiceError("invalid", "The setting featureSet is not a feature set.");
  try {
    return featureSetByName(choice.data.name, choice.data.attributes);
  } catch (cause) {
    throw new ServiceError("invalid", `The setting featureSet names no feature set: ${choice.data.name}`, {
      cause,
    });
  }
}

/** Stores the choice, for an import to make in its own transaction. */
export async function chooseFeatureSet(tx: Database | Tx, choice: FeatureSetChoice): Promise<void> {
  const key = FEATURE_SET_SETTING;
  await tx.setting.upsert({ where: { key }, create: { key, value: choice }, update: { value: choice } });
}
