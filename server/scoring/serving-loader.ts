import type { Pool } from "pg";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { decodeArtifact } from "#ml/models/artifact.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { defaultPolicy, Policy } from "#server/domain/policy.ts";
import type { ActivePolicy, Champion, ServingVersion } from "./serving-version.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** Reads what serves now. A champion whose artefact cannot be used is told once, and the one before it goes on. */
export class ServingLoader {
  readonly #pool: Pool;
  readonly #onBroken: (modelVersionId: string, error: unknown) => void;
  #broken: string | null = null;

  constructor(pool: Pool, onBroken: (modelVersionId: string, error: unknown) => void) {
    this.#pool = pool;
    this.#onBroken = onBroken;
  }

  /**
   * What the database says serves now. The parts of `current` that are still meant are kept, so an unchanged version
   * costs two small queries and is the same object.
   * @throws Error when the database cannot be read, or the active policy is not one.
   */
  async load(current: ServingVersion | null, now: Date): Promise<ServingVersion> {
    const active = await loadPolicy(this.#pool, current?.active ?? null, now);
    const champion = await this.#loadChampion(current?.champion ?? null);
    if (current !== null && current.active === active && current.champion === champion) return current;
    return { active, champion, featureSet: champion?.scorer.featureSet ?? defaultFeatureSet };
  }

  async #loadChampion(current: Champion | null): Promise<Champion | null> {
    const { rows } = await this.#pool.query<{ id: string; artifact_hash: string }>(
      "select id, artifact_hash from model_version where status = 'champion'",
    );
    const row = rows[0];
    if (row === undefined) return null;
    if (current?.modelVersionId === row.id || this.#broken === row.id) return current;
    if (current?.artifactHash === row.artifact_hash) return { ...current, modelVersionId: row.id };
    try {
      return { modelVersionId: row.id, ...(await loadArtifact(this.#pool, row.artifact_hash)) };
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      this.#broken = row.id;
      this.#onBroken(row.id, error);
      return current;
    }
  }
}

/** Thrown for an artefact that is missing, damaged or of an unknown family. */
export class ArtifactError extends Error {}

/** @throws ArtifactError when it cannot be used; the database's error when it cannot be read. */
export async function loadArtifact(
  pool: Pool,
  artifactHash: string,
): Promise<Pick<Champion, "artifactHash" | "scorer">> {
  const { rows } = await pool.query<{ bytes: Buffer }>("select bytes from model_artifact where hash = $1", [
    artifactHash,
  ]);
  const artifact = rows[0];
  if (artifact === undefined) throw new ArtifactError(`the model artefact ${artifactHash} is missing`);
  try {
    return { artifactHash, scorer: loadScorer(decodeArtifact(artifact.bytes, artifactHash)) };
  } catch (cause) {
    throw new ArtifactError("the model artefact cannot be used", { cause });
  }
}

async function loadPolicy(pool: Pool, current: ActivePolicy | null, now: Date): Promise<ActivePolicy> {
  const id = await activePolicyId(pool);
  if (id === null) {
    await activateDefault(pool, now);
    return loadPolicy(pool, current, now);
  }
  if (current?.policyVersionId === id) return current;
  const { rows } = await pool.query<{ body: unknown }>("select body from policy_version where id = $1", [id]);
  return { policyVersionId: id, policy: Policy.parse(rows[0]?.body) };
}

async function activePolicyId(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>("select id from policy_version where status = 'active'");
  return rows[0]?.id ?? null;
}

/** A fresh installation decides by the default policy; of many processes that start at once one makes it. */
async function activateDefault(pool: Pool, now: Date): Promise<void> {
  await pool.query(
    `insert into policy_version (id, status, body, created_at, activated_at) values ($1, 'active', $2, $3, $3)
     on conflict do nothing`,
    [uuidV7(now.getTime()), defaultPolicy, now],
  );
}
