import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { LogReplay } from "../log-replay.ts";

/** Ids of the decisions whose stored vector is not what a replay of the log gives, bit for bit; and how many were compared. */
export async function servedUnlikeReplayed(
  pool: Pool,
  featureSet: FeatureSet,
): Promise<{ readonly compared: number; readonly differing: string[] }> {
  const { rows } = await pool.query<{ transaction_id: string; features: Buffer }>(
    "select transaction_id, features from decision where feature_set_version = $1",
    [featureSet.version],
  );
  const served = new Map(rows.map((row) => [row.transaction_id, row.features.toString("hex")]));
  const replayed = new Map<string, Float64Array>();
  await new LogReplay(pool, featureSet).advance({
    out: (page, row) => {
      const values = new Float64Array(featureSet.definitions.length);
      replayed.set(page.event(row).id, values);
      return { values, offset: 0 };
    },
  });
  const differing = [...served].filter(([id, vector]) => {
    const values = replayed.get(id);
    return values === undefined || Buffer.from(values.buffer).toString("hex") !== vector;
  });
  return { compared: served.size, differing: differing.map(([id]) => id) };
}
