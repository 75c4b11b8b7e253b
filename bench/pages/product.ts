import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import { pagesUrl, readEnvironment } from "#server/env.ts";
import { preparePlatform, startRoles } from "#server/processes/platform.ts";
import type { CleanUp } from "../scoring/setup/clean-up.ts";

export type Product = { readonly pagesUrl: string; readonly databaseUrl: string };

const FIRST_PORT = 41_360;
const QUIET_SAMPLES = 5;
const LONGEST_WAIT_MS = 120_000;

/** Starts what serves pages on a filled folder as `npm start` does: its PostgreSQL, the web server, the worker. */
export async function startProduct(
  folder: string,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<Product> {
  const { DATABASE_URL: _, AUTH_URL: __, ...own } = readEnvironment();
  const env = {
    ...own,
    ASSAY_DATA_DIR: resolve(folder),
    HOST: "127.0.0.1",
    PORT: await freePort(FIRST_PORT),
    SCORING_PORT: await freePort(FIRST_PORT + 20),
  };
  const platform = await preparePlatform(env, { roles: ["web", "worker"], echo: false, onEvent: say });
  cleanUp.add(() => platform.stop());
  say("Building the pages where they have changed, and starting them …");
  await startRoles(platform.supervisor, ["web", "worker"]);
  await untilQuiet(platform.databaseUrl);
  return { pagesUrl: pagesUrl(env), databaseUrl: platform.databaseUrl };
}

/** The worker takes in what the fill left to it; its usual rounds are too short to be met several times in a row. */
async function untilQuiet(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const startedMs = Date.now();
  try {
    for (let quiet = 0; quiet < QUIET_SAMPLES && Date.now() - startedMs < LONGEST_WAIT_MS; ) {
      await sleep(1_000);
      const { rows } = await client.query<{ busy: number }>(
        `select count(*)::int as busy from pg_stat_activity
         where state <> 'idle' and pid <> pg_backend_pid() and now() - query_start > interval '50 ms'`,
      );
      quiet = (rows[0]?.busy ?? 0) === 0 ? quiet + 1 : 0;
    }
  } finally {
    await client.end();
  }
}
