import { parseArgs } from "node:util";
import { modelByName, promoteModel } from "#server/services/model/index.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = "npm run promote -- VERSION [--reason TEXT]   (its number or id)";

await runCommand(async (env) => {
  const args = process.argv.slice(2);
  const { positionals, values } = parsed(USAGE, () =>
    parseArgs({ args, options: { reason: { type: "string" } }, allowPositionals: true }),
  );
  const [version, ...rest] = positionals;
  if (version === undefined || rest.length > 0) throw new UsageError("Say which version to promote.", USAGE);
  return withDatabase(env, async ({ db }) => {
    const ctx = commandContext(db);
    const { id } = await modelByName(ctx, version);
    const { reason } = values;
    const champion = await promoteModel(ctx, { versionId: id, ...(reason ? { reason } : {}) });
    console.log(`Version ${champion.number} (${champion.family}) is the champion now.`);
    return 0;
  });
});
