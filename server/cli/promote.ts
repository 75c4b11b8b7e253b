import { parseArgs } from "node:util";
import { modelByName, promoteModel } from "#server/services/model/index.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = "npm run promote -- VERSION   (its number or id)";

await runCommand(async (env) => {
  const { positionals } = parsed(USAGE, () =>
    parseArgs({ args: process.argv.slice(2), options: {}, allowPositionals: true }),
  );
  const [version, ...rest] = positionals;
  if (version === undefined || rest.length > 0) throw new UsageError("Say which version to promote.", USAGE);
  return withDatabase(env, async ({ db }) => {
    const ctx = commandContext(db);
    const { id } = await modelByName(ctx, version);
    const champion = await promoteModel(ctx, { versionId: id });
    console.log(`Version ${champion.number} (${champion.family}) is the champion now.`);
    return 0;
  });
});
