import type { Pool } from "pg";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { decodeArtifact } from "#ml/models/artifact.ts";
import { loadScorerSteps } from "#ml/models/scorer.ts";
import { finishInSlices } from "#ml/models/steps.ts";
import { ArtifactStoreAway, readArtifact } from "#server/db/artifacts/artifacts.ts";
import { defaultPolicy, Policy } from "#server/domain/policy.ts";
import { loadLists, loadRules } from "./rules-loader.ts";
import {
  type ActivePolicy,
  type Canary,
  type Champion,
  placesOf,
  type ServingVersion,
} from "./serving-version.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** What the database says is in force, in one row. */
type InForce = {
  readonly champion_id: string | null;
  readonly champion_hash: string | null;
  readonly challenger_id: string | null;
  readonly challenger_hash: string | null;
  readonly canary_id: string | null;
  readonly canary_share: number | null;
  readonly canary_seed: number | null;
  readonly policy_id: string | null;
  readonly rule_set_id: string | null;
  readonly list_revision: number;
};

const inForce = {
  name: "what-serves",
  text: `select champion.id as champion_id, champion.artifact_hash as champion_hash,
      challenger.id as challenger_id, challenger.artifact_hash as challenger_hash,
      canary.id as canary_id, canary.share as canary_share, canary.seed as canary_seed,
      policy.id as policy_id, rules.id as rule_set_id, coalesce(lists.revision, 0) as list_revision
    from (select) as nothing
    left join model_version champion on champion.status = 'champion'
    left join model_version challenger on challenger.status = 'challenger'
    left join canary on canary.ended_at is null
      and canary.model_version_id = challenger.id and canary.champion_id = champion.id
    left join policy_version policy on policy.status = 'active'
    left join rule_set_version rules on rules.status = 'active'
    left join list_revision lists on true`,
};

/** Reads what serves now. A champion whose artefact cannot be used is told once, and the one before it goes on. */
export class ServingLoader {
  readonly #pool: Pool;
  readonly #onBroken: (modelVersionId: string, error: unknown) => void;
  readonly #onTrouble: (message: string, error?: unknown) => void;
  #brokenChampion: string | null = null;
  #brokenChallenger: string | null = null;
  #toldAway: string | null = null;

  /** `onTrouble` hears what does not stop anything: a challenger that cannot score, a rule that reads nothing. */
  constructor(
    pool: Pool,
    onBroken: (modelVersionId: string, error: unknown) => void,
    onTrouble: (message: string, error?: unknown) => void = () => {},
  ) {
    this.#pool = pool;
    this.#onBroken = onBroken;
    this.#onTrouble = onTrouble;
  }

  /**
   * What the database says serves now. The parts of `current` that are still meant are kept, so an unchanged version
   * costs one small query and is the same object.
   * @throws Error when the database cannot be read, or the active policy or rule set is not one.
   */
  async load(current: ServingVersion | null, now: Date): Promise<ServingVersion> {
    const row = await this.#inForce(now);
    const active = await loadPolicy(this.#pool, row.policy_id, current?.active ?? null);
    const champion = await this.#loadChampion(row, current?.champion ?? null);
    const featureSet = champion?.scorer.featureSet ?? defaultFeatureSet;
    const challenger = await this.#loadChallenger(row, current?.challenger ?? null, featureSet);
    const sameFeatures = current !== null && current.featureSet.version === featureSet.version;
    const rulesBefore = current?.ruleSet ?? null;
    const ruleSet =
      sameFeatures && rulesBefore?.ruleSetVersionId === row.rule_set_id
        ? rulesBefore
        : await loadRules(this.#pool, row.rule_set_id, { featureSet, before: rulesBefore });
    const lists = await loadLists(this.#pool, row.list_revision, current?.lists ?? null);
    const parts = { active, champion, challenger, ruleSet, lists };
    const meant = meantCanary(row, parts);
    if (current !== null && isSame(current, parts) && isSameCanary(current.canary, meant)) return current;
    if (ruleSet !== current?.ruleSet)
      for (const trouble of ruleSet.compiled.troubles) this.#onTrouble(trouble);
    const places = sameFeatures ? current.places : placesOf(featureSet);
    const version = { ...parts, featureSet: sameFeatures ? current.featureSet : featureSet, places };
    return { ...version, canary: meant === null ? null : { ...meant, serving: exchanged(version) } };
  }

  /** A fresh installation decides by the default policy; of many processes that start at once one makes it. */
  async #inForce(now: Date): Promise<InForce> {
    const { rows } = await this.#pool.query<InForce>(inForce);
    const [row] = rows;
    if (row === undefined) throw new Error("the database does not say what serves");
    if (row.policy_id !== null) return row;
    await this.#pool.query(
      `insert into policy_version (id, status, body, created_at, activated_at) values ($1, 'active', $2, $3, $3)
       on conflict do nothing`,
      [uuidV7(now.getTime()), defaultPolicy, now],
    );
    return this.#inForce(now);
  }

  async #loadChampion(row: InForce, current: Champion | null): Promise<Champion | null> {
    const { champion_id: id, champion_hash: hash } = row;
    if (id === null || hash === null) return null;
    if (current?.modelVersionId === id || this.#brokenChampion === id) return current;
    if (current?.artifactHash === hash) return { ...current, modelVersionId: id };
    try {
      return { modelVersionId: id, ...(await loadArtifact(this.#pool, hash)) };
    } catch (error) {
      if (error instanceof ArtifactStoreAway && current !== null) {
        this.#tellAway(`the champion ${id} waits for its artefact; what served before goes on`, error);
        return current;
      }
      if (!(error instanceof ArtifactError)) throw error;
      this.#brokenChampion = id;
      this.#onBroken(id, error);
      return current;
    }
  }

  /** Once for each thing that waits: it is tried again every two seconds. */
  #tellAway(message: string, error: unknown): void {
    if (this.#toldAway === message) return;
    this.#toldAway = message;
    this.#onTrouble(message, error);
  }

  /** Null too when it cannot be used or reads other features: then nothing scores in shadow. */
  async #loadChallenger(
    row: InForce,
    current: Champion | null,
    served: FeatureSet,
  ): Promise<Champion | null> {
    const { challenger_id: id, challenger_hash: hash } = row;
    if (id === null || hash === null) return null;
    const fits = (one: Champion): boolean => one.scorer.featureSet.version === served.version;
    if (current?.modelVersionId === id && fits(current)) return current;
    const tried = `${id} ${served.version}`;
    if (this.#brokenChallenger === tried) return null;
    try {
      const challenger = { modelVersionId: id, ...(await loadArtifact(this.#pool, hash)) };
      if (fits(challenger)) return challenger;
      this.#onTrouble(`the challenger ${id} reads other features than the champion, and does not score`);
    } catch (error) {
      if (error instanceof ArtifactStoreAway) {
        this.#tellAway(`the challenger ${id} waits for its artefact`, error);
        return null;
      }
      if (!(error instanceof ArtifactError)) throw error;
      this.#onTrouble(`the challenger ${id} cannot be loaded, and does not score`, error);
    }
    this.#brokenChallenger = tried;
    return null;
  }
}

/** A model is made ready in slices of so long, with payments answered in between. */
const SLICE_MS = 4;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Thrown for an artefact that is missing, damaged or of an unknown family. */
export class ArtifactError extends Error {}

/** @throws ArtifactError when it cannot be used; ArtifactStoreAway; the database's error when it cannot be read. */
export async function loadArtifact(
  pool: Pool,
  artifactHash: string,
): Promise<Pick<Champion, "artifactHash" | "scorer">> {
  const bytes = await readArtifact(artifactHash, () => storedBytes(pool, artifactHash)).catch(
    (cause: unknown) => {
      throw cause instanceof RangeError
        ? new ArtifactError("the model artefact is damaged", { cause })
        : cause;
    },
  );
  if (bytes === null) throw new ArtifactError(`the model artefact ${artifactHash} is missing`);
  try {
    const steps = loadScorerSteps(decodeArtifact(bytes, artifactHash));
    return { artifactHash, scorer: await finishInSlices(steps, { pause: nextTurn, sliceMs: SLICE_MS }) };
  } catch (cause) {
    throw new ArtifactError("the model artefact cannot be used", { cause });
  }
}

async function storedBytes(pool: Pool, artifactHash: string): Promise<Buffer | null> {
  const { rows } = await pool.query<{ bytes: Buffer | null }>(
    "select bytes from model_artifact where hash = $1",
    [artifactHash],
  );
  return rows[0]?.bytes ?? null;
}

async function loadPolicy(
  pool: Pool,
  id: string | null,
  current: ActivePolicy | null,
): Promise<ActivePolicy> {
  if (current !== null && current.policyVersionId === id) return current;
  const { rows } = await pool.query<{ id: string; body: unknown }>(
    "select id, body from policy_version where id = $1",
    [id],
  );
  return { policyVersionId: rows[0]?.id ?? "", policy: Policy.parse(rows[0]?.body) };
}

type Parts = Omit<ServingVersion, "featureSet" | "places" | "canary">;

/** The canary that the database means; null too where one of its two models is not the one that serves here. */
function meantCanary(row: InForce, { champion, challenger }: Parts): Omit<Canary, "serving"> | null {
  const { canary_id: id, canary_share: share, canary_seed: seed } = row;
  if (id === null || share === null || seed === null || challenger === null) return null;
  return champion?.modelVersionId === row.champion_id ? { id, share, seed } : null;
}

function isSameCanary(current: Canary | null, meant: Omit<Canary, "serving"> | null): boolean {
  return current?.id === meant?.id && current?.share === meant?.share && current?.seed === meant?.seed;
}

function exchanged(version: Omit<ServingVersion, "canary">): ServingVersion {
  return { ...version, champion: version.challenger, challenger: version.champion, canary: null };
}

function isSame(current: ServingVersion, { active, champion, challenger, ruleSet, lists }: Parts): boolean {
  return (
    current.active === active &&
    current.champion === champion &&
    current.challenger === challenger &&
    current.ruleSet === ruleSet &&
    current.lists === lists
  );
}
