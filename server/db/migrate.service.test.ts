import { Client } from "pg";
import { expect, test } from "vitest";
import { applyMigrations, schemaScript } from "./migrate.ts";
import { createTestDatabase } from "./testing/test-database.ts";

const catalogue = `
  select 'column ' || table_name || '.' || column_name as what,
         data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || udt_name as said
  from information_schema.columns where table_schema = $1 and table_name <> '_prisma_migrations'
  union all
  select 'index ' || indexname, replace(indexdef, $1 || '.', '') from pg_indexes
  where schemaname = $1 and tablename <> '_prisma_migrations'
  union all
  select 'constraint ' || conname, replace(pg_get_constraintdef(c.oid), $1 || '.', '') from pg_constraint c
  join pg_namespace n on n.oid = c.connamespace where n.nspname = $1 and conname not like '\\_prisma%'
  order by 1`;

/** Made by hand in the migrations, because Prisma's schema has no word for them. */
const beyondPrisma =
  /^index (model_version_one_(champion|challenger)|policy_version_one_active|rule_set_version_one_of_each|training_run_one_at_a_time|list_entry_once|decision_(rule_hits|challenger|explored)|case_(open_.*|unrouted|tagged|(customer|merchant)_prefix)|approval_one_pending|label_by_analyst|alert_one_unresolved|canary_one_running)$/;

async function catalogueOf(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ what: string; said: string }>(catalogue, [schema]);
  return rows
    .filter((r) => !beyondPrisma.test(r.what))
    .map((r) => `${r.what}: ${r.said.replaceAll(`${schema}.`, "")}`);
}

test("the migrations make exactly what schema.prisma says", async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const script = await schemaScript(database.url);
    await client.query(
      `create schema wanted; set search_path to wanted; ${script.replaceAll('"public".', "")}`,
    );
    await client.query("set search_path to public");
    const migrated = await catalogueOf(client, "public");
    await client.query("set search_path to wanted");
    expect(migrated.length).toBeGreaterThan(100);
    expect(migrated).toEqual(await catalogueOf(client, "wanted"));
  } finally {
    await client.end();
    await database.drop();
  }
});

test("a migrated database has nothing left to apply", async () => {
  const database = await createTestDatabase();
  expect(await applyMigrations(database.url)).toEqual([]);
  await database.drop();
});

test("history cannot be rewritten: an audit row refuses to change", async () => {
  const { db, drop } = await createTestDatabase();
  const row = {
    at: new Date(0),
    actorKind: "system",
    actorName: "test",
    action: "x",
    subjectType: "y",
    subjectId: "z",
  };
  const { seq } = await db.auditEvent.create({ data: row });
  await expect(db.auditEvent.update({ where: { seq }, data: { action: "other" } })).rejects.toThrow(
    /append-only/,
  );
  await drop();
});
