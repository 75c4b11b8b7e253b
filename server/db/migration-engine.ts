import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as Engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool } from "pg";

const require = createRequire(import.meta.url);
const PRISMA_FOLDER = resolve(import.meta.dirname, "../../prisma");

export type MigrationTask = { readonly databaseUrl: string; readonly verb: "apply" | "script" };
export type MigrationAnswer = { readonly applied: readonly string[]; readonly script: string };

// Runs as a worker thread of migrate.ts, one task a thread.
if (parentPort !== null) parentPort.postMessage(await perform(workerData as MigrationTask));

async function perform({ databaseUrl, verb }: MigrationTask): Promise<MigrationAnswer> {
  const migrationsList = await readMigrations();
  const to = { tag: "schemaDatamodel" as const, files: [await schemaFile()] };
  return withEngine(databaseUrl, async (engine) => {
    if (verb === "apply") {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: everything(),
      });
      return { applied: appliedMigrationNames, script: "" };
    }
    const diff = await engine.diff({
      from: { tag: "empty" },
      to,
      script: true,
      exitCode: null,
      filters: everything(),
    });
    return { applied: [], script: diff.stdout ?? "" };
  });
}

function everything(): Engine.SchemaFilter {
  return { externalTables: [], externalEnums: [] };
}

async function withEngine<T>(url: string, work: (engine: Engine.SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadBindings();
  const file = await schemaFile();
  const datamodels: [string, string][] = [[file.path, file.content]];
  // A pool of our own, because the engine leaves its connection, and with it a lock, open.
  const pool = new Pool({ connectionString: url });
  const engine = await SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

async function loadBindings(): Promise<typeof Engine> {
  const engine: typeof Engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasmPath = join(
    require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
    "../schema_engine_bg.wasm",
  );
  const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), imports);
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return engine;
}

async function schemaFile(): Promise<{ path: string; content: string }> {
  const path = join(PRISMA_FOLDER, "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

async function readMigrations(): Promise<Engine.MigrationList> {
  const baseDir = join(PRISMA_FOLDER, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = {
    path: "migration_lock.toml",
    content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
  };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}
