import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../client.ts";

export type TestDatabase = { readonly url: string; readonly db: Database; drop(): Promise<void> };

/** A migrated database of the test's own, cloned from the template that the global set-up made (some 50 ms). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject("templateDatabaseUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const maintenanceUrl = withDatabase(template, "postgres");
  await run(maintenanceUrl, `create database ${name} template assay`);
  const url = withDatabase(template, name);
  const db = openDatabase(url);
  return {
    url,
    db,
    drop: async () => {
      await db.$disconnect();
      await run(maintenanceUrl, `drop database ${name} with (force)`);
    },
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
