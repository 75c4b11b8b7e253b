import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { removeEmbeddedData, startEmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import { applyMigrations } from "../migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    templateDatabaseUrl: string;
  }
}

/** Starts one PostgreSQL for all service tests, migrates it once, and takes it away afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "assay-test-"));
  const postgres = await startEmbeddedPostgres(folder);
  await applyMigrations(postgres.url);
  project.provide("templateDatabaseUrl", postgres.url);
  return async () => {
    await postgres.stop();
    await removeEmbeddedData(folder);
    rmSync(folder, { recursive: true, force: true });
  };
}
