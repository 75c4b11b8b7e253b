import { resolve } from "node:path";
import { openDatabase } from "#server/db/client.ts";
import { removeEmbeddedData } from "#server/db/embedded/embedded-postgres.ts";
import { openPool } from "#server/db/pool.ts";
import type { Environment } from "#server/env.ts";
import { lockInstallation } from "#server/processes/installation-lock.ts";
import { preparePlatform, startRoles } from "#server/processes/platform.ts";
import { processRoles } from "#server/processes/supervisor.ts";
import { buildPages } from "#server/processes/web-build.ts";
import { confirm } from "./demo/confirm.ts";
import { demoAccess, forgetDemoKey } from "./demo/demo-access.ts";
import { demoOptions } from "./demo/demo-options.ts";
import { prepareDemo } from "./demo/prepare-demo.ts";
import { welcome } from "./demo/welcome.ts";
import { runCommand } from "./run-command.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

await runCommand(async (base) => {
  const options = demoOptions(process.argv.slice(2));
  const env: Environment = {
    ...base,
    ASSAY_ENVIRONMENT: "demo",
    ASSAY_DATA_DIR: resolve(base.ASSAY_DATA_DIR),
  };
  if (options.reset && !(await reset(env, options.yes))) return 1;
  const interruption = new AbortController();
  const stopAsked = untilAskedToStop().then(() => interruption.abort(new Error("Interrupted.")));
  const platform = await preparePlatform(env, { roles: processRoles, echo: false, onEvent: console.log });
  const db = openDatabase(platform.databaseUrl, 5);
  const pool = openPool(platform.databaseUrl, 4);
  try {
    const building = buildPages(); // beside the simulation; startRoles then finds it done
    building.catch((error: unknown) => interruption.abort(error));
    const preparing = prepareDemo({ db, pool, options, signal: interruption.signal });
    const ends = await Promise.allSettled([building, preparing]); // both at rest before anything is closed
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    interruption.signal.throwIfAborted();
    await startRoles(platform.supervisor, processRoles);
    const access = await demoAccess(db, env.ASSAY_DATA_DIR, new Date());
    if (options.live)
      await platform.supervisor.start("live-feed", "cli/demo/live-feed.ts", [String(options.rate)]);
    console.log(welcome(env, access, new Date()));
    await stopAsked;
    console.log("\nStopping: finishing what was accepted");
    return 0;
  } finally {
    await db.$disconnect();
    await pool.end();
    await platform.stop();
  }
});

/** Empties the embedded database after a yes. An external database is never emptied. */
async function reset(env: Environment, yes: boolean): Promise<boolean> {
  if (env.DATABASE_URL !== undefined)
    throw new Error("--reset empties the embedded database only; DATABASE_URL is set.");
  const question = `Delete everything in the database of ${env.ASSAY_DATA_DIR}?`;
  if (!yes && !(await confirm(question))) {
    console.log("Nothing was deleted. (Without a terminal, add --yes.)");
    return false;
  }
  const release = lockInstallation(env.ASSAY_DATA_DIR); // refuses while Assay runs on it
  try {
    await removeEmbeddedData(env.ASSAY_DATA_DIR);
    forgetDemoKey(env.ASSAY_DATA_DIR);
    return true;
  } finally {
    release();
  }
}
