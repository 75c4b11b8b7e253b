import { runningEmbeddedUrl } from "#server/db/embedded/embedded-postgres.ts";
import { type Environment, EnvironmentError } from "#server/env.ts";

/**
 * The database of a process that is started alone: DATABASE_URL, else the embedded one that runs already.
 * @throws EnvironmentError when there is neither.
 */
export async function databaseUrl(env: Environment): Promise<string> {
  const url = env.DATABASE_URL ?? (await runningEmbeddedUrl(env.ASSAY_DATA_DIR));
  if (url === null) throw new EnvironmentError("No database: set DATABASE_URL, or use npm start.");
  return url;
}
