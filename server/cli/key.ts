import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { generateApiKey } from "#server/auth/api-key.ts";
import { Scope, scopes } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "#server/services/api-key/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = `npm run key -- create NAME [--scopes ${scopes.join(",")}] | revoke NAME | list`;

await runCommand(async (env) => {
  const work = workOf(process.argv.slice(2));
  await withDatabase(env, ({ db }) => work(commandContext(db)));
  return 0;
});

function workOf(args: string[]): (ctx: ServiceContext) => Promise<void> {
  const { values, positionals } = parsed(USAGE, () =>
    parseArgs({ args, options: { scopes: { type: "string" } }, allowPositionals: true }),
  );
  const [verb, name, ...rest] = positionals;
  if (rest.length > 0)
    throw new UsageError(`What is "${rest.join(" ")}"? A name with spaces needs quotes.`, USAGE);
  if (verb === "list" && name === undefined) return list;
  if (name !== undefined && verb === "create") {
    const wanted = scopesOf(values.scopes);
    return (ctx) => create(ctx, name, wanted);
  }
  if (name !== undefined && verb === "revoke") return (ctx) => revoke(ctx, name);
  throw new UsageError("Say what to do with which key.", USAGE);
}

async function create(ctx: ServiceContext, name: string, wanted: readonly Scope[]): Promise<void> {
  const { key } = await createApiKey(ctx, { name, scopes: wanted }, () => generateApiKey(randomBytes));
  console.error(`The key "${name}" may ${wanted.join(" and ")}. It is shown this once:`);
  console.log(key); // alone on stdout, for scripts
}

/** By name, id or the first characters that the list shows. */
async function revoke(ctx: ServiceContext, name: string): Promise<void> {
  const active = (await listApiKeys(ctx)).filter((key) => key.revokedAt === null);
  const [match, another] = active.filter((key) => [key.id, key.name, key.prefix].includes(name));
  if (match === undefined) throw new ServiceError("not_found", `There is no active key "${name}".`);
  if (another !== undefined) throw new ServiceError("conflict", `"${name}" fits several keys; use the id.`);
  await revokeApiKey(ctx, { keyId: match.id });
  console.log(`The key "${match.name}" is revoked; scoring servers refuse it within a second.`);
}

async function list(ctx: ServiceContext): Promise<void> {
  const keys = await listApiKeys(ctx);
  if (keys.length === 0) console.log("There are no keys yet.");
  for (const { id, name, prefix, scopes: may, revokedAt } of keys) {
    console.log(
      `${prefix}…  ${name}  [${may.join(", ")}]  ${revokedAt === null ? "active" : "revoked"}  ${id}`,
    );
  }
}

function scopesOf(text: string | undefined): Scope[] {
  if (text === undefined) return [...scopes];
  return text.split(",").map((name) => {
    const scope = Scope.safeParse(name.trim());
    if (!scope.success) throw new UsageError(`There is no scope "${name.trim()}".`, USAGE);
    return scope.data;
  });
}
