import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { setArtifactStore } from "#server/db/artifacts/artifacts.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { findListed } from "#server/domain/list/lists.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { ArtifactError, loadArtifact, ServingLoader } from "./serving-loader.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";

let database: TestDatabase;
let pool: Pool;
const now = new Date("2026-11-20T10:00:00Z");
let broken: string[];
let troubles: string[];
let loader: ServingLoader;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  broken = [];
  troubles = [];
  loader = new ServingLoader(
    pool,
    (id) => broken.push(id),
    (message) => troubles.push(message),
  );
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

async function activateRules(...conditions: string[]): Promise<string> {
  const id = crypto.randomUUID();
  const rules = conditions.map((condition, i) => ({
    id: `r${i}`,
    name: `Rule ${i}`,
    condition,
    effect: { kind: "raise", outcome: "review" },
    status: "active",
  }));
  await pool.query("update rule_set_version set status = 'retired' where status = 'active'");
  await pool.query(
    `insert into rule_set_version (id, status, body, created_at, updated_at) values ($1, 'active', $2, $3, $3)`,
    [id, { rules }, now],
  );
  return id;
}

test("an activated rule set is compiled for the features that serve, and again when those change", async () => {
  const before = await loader.load(null, now);
  expect(before.ruleSet).toMatchObject({ ruleSetVersionId: null, compiled: { rules: [] } });
  const id = await activateRules("customer_count_1h > 3");
  const after = await loader.load(before, now);
  expect(after.ruleSet).toMatchObject({ ruleSetVersionId: id, compiled: { rules: [{ monitored: false }] } });
  expect(await loader.load(after, now)).toBe(after);
  const fewer = defineFeatureSet("fewer", defaultFeatureSet.definitions.slice(0, 5));
  await promoteArtifact(pool, handMadeArtifact(fewer, []));
  const changed = await loader.load(after, now);
  expect(changed.ruleSet.ruleSet).toBe(after.ruleSet.ruleSet);
  expect(changed.ruleSet.compiled).not.toBe(after.ruleSet.compiled);
  expect(troubles).toEqual([expect.stringContaining("customer_count_1h")]);
});

async function changeList(change: string, values: unknown[] = []): Promise<void> {
  const text = `with next as (update list_revision set revision = revision + 1 returning revision) ${change}`;
  await pool.query(text, values);
}

const addEntry = (value: string): Promise<void> =>
  changeList(
    `insert into list_entry (id, list, kind, value, reason, added_at, added_by_name, added_revision)
     select $1, 'block', 'customer', $1, 'test', now(), 'test', revision from next`,
    [value],
  );

test("lists follow their revisions: what is added counts, what is removed no longer", async () => {
  await addEntry("cus_a");
  await addEntry("cus_b");
  const first = await loader.load(null, now);
  await changeList(
    "update list_entry set removed_at = now(), removed_revision = revision from next where id = 'cus_a'",
  );
  await addEntry("cus_c");
  const second = await loader.load(first, now);
  const listed = ({ lists }: typeof first) =>
    ["cus_a", "cus_b", "cus_c"].filter((customerId) =>
      findListed(lists.lists, paymentEvent({ customerId }), now.getTime()),
    );
  expect([first.lists.revision, listed(first)]).toEqual([2, ["cus_a", "cus_b"]]);
  expect([second.lists.revision, listed(second)]).toEqual([4, ["cus_b", "cus_c"]]);
  expect(await loader.load(second, now)).toBe(second);
  expect(listed(await loader.load(null, now))).toEqual(["cus_b", "cus_c"]);
});

test("a challenger scores when it reads the champion's features, and is left out, told once, when not", async () => {
  const challenge = (id: string): Promise<unknown> =>
    pool.query("update model_version set status = 'challenger' where id = $1", [id]);
  const id = await promoteArtifact(pool, handMadeArtifact(defaultFeatureSet, [], -5));
  await promoteArtifact(pool, handMadeArtifact());
  const before = await loader.load(null, now);
  expect(before.challenger).toBeNull();
  await challenge(id);
  const shadowed = await loader.load(before, now);
  expect(shadowed.challenger?.modelVersionId).toBe(id);
  expect(await loader.load(shadowed, now)).toBe(shadowed);
  const fewer = defineFeatureSet("fewer", defaultFeatureSet.definitions.slice(0, 5));
  await promoteArtifact(pool, handMadeArtifact(fewer, []));
  const alone = await loader.load(shadowed, now);
  expect(alone.challenger).toBeNull();
  expect(await loader.load(alone, now)).toBe(alone);
  expect(troubles).toEqual([expect.stringContaining("reads other features")]);
});

test("while the storage of artefacts is away what serves goes on, policies are followed, and it is tried again", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  const before = await loader.load(null, now);
  const id = await promoteArtifact(pool, handMadeArtifact(defaultFeatureSet, [], -5));
  let isAway = true;
  const read = async (): Promise<null> => {
    if (isAway) throw new Error("no route");
    return null; // the database has it
  };
  setArtifactStore({ isShared: true, read, write: async () => {} });
  try {
    await pool.query("update policy_version set status = 'retired' where status = 'active'");
    const during = await loader.load(before, now);
    expect(during.champion).toBe(before.champion);
    expect(during.active.policyVersionId).not.toBe(before.active.policyVersionId);
    await loader.load(during, now);
    expect(troubles).toEqual([expect.stringContaining("waits for its artefact")]);
    await expect(new ServingLoader(pool, () => {}).load(null, now)).rejects.toThrow("cannot be read now");
    isAway = false;
    expect((await loader.load(during, now)).champion?.modelVersionId).toBe(id);
  } finally {
    setArtifactStore(null);
  }
});

test("an unchanged version costs one query", async () => {
  const before = await loader.load(null, now);
  const query = vi.spyOn(pool, "query");
  await loader.load(before, now);
  expect(query).toHaveBeenCalledTimes(1);
});

test("an artefact that is not there is an error of its own", async () => {
  await expect(loadArtifact(pool, "nothing")).rejects.toThrow(ArtifactError);
});
