import { parseArgs } from "node:util";
import type { Environment } from "#server/env.ts";
import { preparePlatform, startRoles } from "#server/processes/platform.ts";
import { type ProcessRole, processRoles } from "#server/processes/supervisor.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

const USAGE = "npm start [-- --role web,scoring,worker]";

await runCommand(async (base) => {
  const env: Environment = { ...base, NODE_ENV: "production" }; // an external database then needs AUTH_SECRET
  const roles = rolesOf(process.argv.slice(2));
  const stopAsked = untilAskedToStop();
  const platform = await preparePlatform(env, { roles, echo: true, onEvent: (line) => console.log(line) });
  try {
    await startRoles(platform.supervisor, roles);
    console.log(whereItRuns(env, roles));
    await stopAsked;
    console.log("Stopping: finishing what was accepted");
    return 0;
  } finally {
    await platform.stop();
  }
});

function rolesOf(args: string[]): readonly ProcessRole[] {
  const { values } = parsed(USAGE, () => parseArgs({ args, options: { role: { type: "string" } } }));
  if (values.role === undefined) return processRoles;
  return values.role.split(",").map((name) => {
    const role = processRoles.find((known) => known === name.trim());
    if (role === undefined) throw new UsageError(`There is no role "${name.trim()}".`, USAGE);
    return role;
  });
}

function whereItRuns(env: Environment, roles: readonly ProcessRole[]): string {
  const lines = ["Assay is running."];
  if (roles.includes("web")) lines.push(`  Pages    http://localhost:${env.PORT}`);
  if (roles.includes("scoring"))
    lines.push(`  Scoring  http://localhost:${env.SCORING_PORT}  (/docs tells how)`);
  lines.push(
    "  First time here? npm run user -- create you@example.com --role admin; npm run key -- create NAME",
  );
  return lines.join("\n");
}
