import { parseArgs } from "node:util";
import { rollbackModel } from "#server/services/model/index.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

await runCommand(async (env) => {
  parsed("npm run rollback", () => parseArgs({ args: process.argv.slice(2), options: {} }));
  return withDatabase(env, async ({ db }) => {
    const champion = await rollbackModel(commandContext(db));
    console.log(`Version ${champion.number} (${champion.family}) is the champion again.`);
    return 0;
  });
});
