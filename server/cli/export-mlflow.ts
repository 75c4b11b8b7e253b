import { parseArgs } from "node:util";
import { exportExperiment } from "#server/services/experiment/index.ts";
import { exportMlflow, modelByName } from "#server/services/model/index.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE =
  "npm run export:mlflow -- VERSION --out DIR   (its number or id), or --experiment ID --out DIR   (every trial of it)";

await runCommand(async (env) => {
  const { positionals, values } = parsed(USAGE, () =>
    parseArgs({
      args: process.argv.slice(2),
      options: { out: { type: "string" }, experiment: { type: "string" } },
      allowPositionals: true,
    }),
  );
  const [version, ...rest] = positionals;
  const { out, experiment } = values;
  if ((version === undefined) === (experiment === undefined) || rest.length > 0)
    throw new UsageError("Say which version or which experiment to export.", USAGE);
  if (out === undefined || out === "") throw new UsageError("Say into which folder with --out.", USAGE);
  return withDatabase(env, async ({ db }) => {
    const ctx = commandContext(db);
    if (version === undefined) {
      const { folder, trials } = await exportExperiment(ctx, { id: experiment ?? "", out });
      console.log(`${trials} trials are runs in ${folder}: mlflow ui --backend-store-uri ${folder}`);
      return 0;
    }
    const { number } = await modelByName(ctx, version);
    const folder = await exportMlflow(ctx, { number, out });
    console.log(`Version ${number} is a run in ${folder}: mlflow ui --backend-store-uri ${folder}`);
    return 0;
  });
});
