import { Worker } from "node:worker_threads";
import type { MigrationAnswer, MigrationTask } from "./migration-engine.ts";

/**
 * Applies the migrations of prisma/migrations that the database has not seen, with Prisma's own engine in
 * WebAssembly, so that nothing is downloaded. Returns the names applied now, oldest first.
 * @throws Error when a migration fails or the history in the database differs from the folder.
 */
export async function applyMigrations(databaseUrl: string): Promise<readonly string[]> {
  return (await runInWorker({ databaseUrl, verb: "apply" })).applied;
}

/**
 * SQL that makes what schema.prisma says in an empty database: what a test compares the migrations with, and what
 * a new migration is written from. The URL is of any database; nothing is changed in it.
 */
export async function schemaScript(databaseUrl: string): Promise<string> {
  return (await runInWorker({ databaseUrl, verb: "script" })).script;
}

// In a thread of its own, because the engine leaves timers and memory behind.
function runInWorker(task: MigrationTask): Promise<MigrationAnswer> {
  const worker = new Worker(new URL("./migration-engine.ts", import.meta.url), { workerData: task });
  return new Promise<MigrationAnswer>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  }).finally(() => worker.terminate());
}
