import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { ArtifactError, loadArtifact, ServingLoader } from "./serving-loader.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";

let database: TestDatabase;
let pool: Pool;
const now = new Date("2026-11-20T10:00:00Z");
let broken: string[];
let loader: ServingLoader;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  broken = [];
  loader = new ServingLoader(pool, (id) => broken.push(id));
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

test("a fresh installation has no champion, and the default policy becomes active, once", async () => {
  const [one, two] = await Promise.all([loader.load(null, now), loader.load(null, now)]);
  expect(one.champion).toBeNull();
  expect(one.featureSet.version).toBe(defaultFeatureSet.version);
  expect(one.active.policy).toEqual(defaultPolicy);
  expect(two.active.policyVersionId).toBe(one.active.policyVersionId);
  const { rows } = await pool.query("select count(*) as n from policy_version");
  expect(rows).toEqual([{ n: 1 }]);
});

test("what has not changed is the same object, what has is loaded", async () => {
  const before = await loader.load(null, now);
  expect(await loader.load(before, now)).toBe(before);
  const id = await promoteArtifact(pool, handMadeArtifact());
  const after = await loader.load(before, now);
  expect(after.champion?.modelVersionId).toBe(id);
  expect(after.active).toBe(before.active);
  const again = await promoteArtifact(pool, handMadeArtifact());
  const same = await loader.load(after, now);
  expect(same.champion).toEqual({ ...after.champion, modelVersionId: again });
  expect(same.champion?.scorer).toBe(after.champion?.scorer);
});

test("a damaged artefact is told once and leaves what served before", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  const before = await loader.load(null, now);
  const id = await promoteArtifact(pool, handMadeArtifact(defaultFeatureSet, [], -5));
  await pool.query(
    "update model_artifact set bytes = '\\x00' where hash = (select artifact_hash from model_version where id = $1)",
    [id],
  );
  expect(await loader.load(before, now)).toBe(before);
  expect(await loader.load(before, now)).toBe(before);
  expect(broken).toEqual([id]);
});

test("an artefact that is not there is an error of its own", async () => {
  await expect(loadArtifact(pool, "nothing")).rejects.toThrow(ArtifactError);
});
