import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { alertScenarios } from "./testing/audit/alert-scenarios.ts";
import { caseScenarios } from "./testing/audit/case-scenarios.ts";
import { controlScenarios } from "./testing/audit/control-scenarios.ts";
import { modelScenarios } from "./testing/audit/model-scenarios.ts";
import { settingScenarios } from "./testing/audit/setting-scenarios.ts";
import { openWorld, type Scenario, type World } from "./testing/audit/world.ts";
import { allProcedures } from "./testing/procedures.ts";

const scenarios: Readonly<Record<string, Scenario>> = {
  ...alertScenarios,
  ...caseScenarios,
  ...controlScenarios,
  ...modelScenarios,
  ...settingScenarios,
};

/** Mutations that leave no audit row, and why. */
const exempt: Readonly<Record<string, string>> = {
  "transaction.score": "the decision log is append-only and holds more than an audit row would",
  "transaction.scoreBatch": "the decision log is append-only and holds more than an audit row would",
  "rule.test": "changes nothing: a question with an input too long for an address",
  "case.bulkPreview": "changes nothing: a question with an input too long for an address",
  "case.readMentions": "one's own mark that one has read something, which says when itself",
};

let database: TestDatabase;
let pool: Pool;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  const options = { ...trainDefaults, families: ["rules" as const], maturityDays: 5, bootstrapReplicates: 0 };
  const now = new Date(syntheticStartMs + 40 * 86_400_000);
  const { artifact } = await train(syntheticDataset({}), options, {
    signal: null,
    onProgress: () => {},
    now,
  });
  world = await openWorld(database.db, pool, artifact);
  await pool.query(`
    create function refuse_audit() returns trigger language plpgsql as $$ begin raise exception 'no audit'; end $$;
    create trigger no_audit before insert on audit_event for each row execute function refuse_audit();
    alter table audit_event disable trigger no_audit`);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("every mutation is tried out here, or says why it leaves no audit row", () => {
  const mutations = allProcedures().flatMap(({ path, type }) => (type === "mutation" ? [path] : []));
  expect([...Object.keys(scenarios), ...Object.keys(exempt)].sort()).toEqual(mutations.sort());
});

test.each(Object.keys(scenarios))("%s says who did what, before and after", async (path) => {
  const scenario = scenarios[path];
  if (scenario === undefined) throw new Error(path);
  const user = world.people[scenario.role];
  const call = await scenario.prepare(world);
  const since = (await world.db.auditEvent.aggregate({ _max: { seq: true } }))._max.seq ?? 0n;
  await call(world.as(user));
  const rows = await world.db.auditEvent.findMany({ where: { seq: { gt: since } } });
  const row = rows.find(({ action }) => action === scenario.action);
  expect(rows.map(({ action }) => action)).toContain(scenario.action);
  expect(row).toMatchObject({ actorKind: "user", actorId: user.id, actorName: user.name, at: world.now });
  if (scenario.kind !== "made") expect(row?.before).not.toBeNull();
  if (scenario.kind !== "ended") expect(row?.after).not.toBeNull();
});

test.each(Object.keys(scenarios))("%s changes nothing when its audit row cannot be written", async (path) => {
  const scenario = scenarios[path];
  if (scenario === undefined) throw new Error(path);
  const call = await scenario.prepare(world);
  const before = await everything();
  await pool.query("alter table audit_event enable trigger no_audit");
  try {
    await expect(call(world.as(world.people[scenario.role]))).rejects.toThrow("Unexpected error");
  } finally {
    await pool.query("alter table audit_event disable trigger no_audit");
  }
  expect(await everything()).toEqual(before);
});

/** A fingerprint of every table. */
async function everything(): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from "${name}" t`,
  );
  const { rows } = await pool.query<{ name: string; print: string }>(parts.join(" union all "));
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
