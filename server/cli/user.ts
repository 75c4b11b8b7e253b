import { parseArgs } from "node:util";
import type { Database } from "#server/db/client.ts";
import { Role, roles } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import {
  changeRole,
  createUser,
  disableUser,
  enableUser,
  generatePassword,
  listUsers,
  setPassword,
} from "#server/services/user/index.ts";
import { askSecret } from "./ask-secret.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = [
  `npm run user -- create EMAIL --role ${roles.join("|")} [--name NAME]`,
  "npm run user -- password EMAIL",
  "npm run user -- role EMAIL --role ROLE",
  "npm run user -- disable EMAIL",
  "npm run user -- enable EMAIL",
  "npm run user -- list",
].join("\n       ");

const verbs = ["create", "password", "role", "disable", "enable", "list"] as const;
type Input = {
  readonly verb: (typeof verbs)[number];
  readonly email: string;
  readonly role?: Role;
  readonly name?: string;
};

await runCommand(async (env) => {
  const input = readInput(process.argv.slice(2));
  const takesPassword = input.verb === "create" || input.verb === "password";
  const given = takesPassword ? await askSecret("Password (empty: one is generated): ") : "";
  return withDatabase(env, async ({ db }) => {
    for (const line of await perform(db, input, given)) console.log(line);
    return 0;
  });
});

async function perform(db: Database, { verb, email, role, name }: Input, given: string): Promise<string[]> {
  const ctx = commandContext(db);
  if (verb === "list")
    return (await listUsers(ctx)).map(
      (user) => `${user.email}  ${user.role}${user.disabledAt === null ? "" : "  disabled"}`,
    );
  if (verb === "create" && role !== undefined) {
    const named = name === undefined ? {} : { name };
    const { user, generatedPassword } = await createUser(ctx, {
      email,
      role,
      ...named,
      password: given === "" ? null : given,
    });
    return [`${user.email} is ${user.role} now.`, ...shown(generatedPassword)];
  }
  const userId = await idOf(db, email);
  if (verb === "disable") return [`${(await disableUser(ctx, { userId })).email} can no longer sign in.`];
  if (verb === "enable") return [`${(await enableUser(ctx, { userId })).email} can sign in again.`];
  if (verb === "role" && role !== undefined)
    return [`${(await changeRole(ctx, { userId, role })).email} is ${role} now.`];
  const generated = given === "" ? generatePassword() : null;
  const user = await setPassword(ctx, { userId, password: generated ?? given });
  return [`${user.email} has another password now, and is signed out everywhere.`, ...shown(generated)];
}

function shown(password: string | null): string[] {
  return password === null ? [] : [`Password, shown this once: ${password}`];
}

async function idOf(db: Database, email: string): Promise<string> {
  const user = await db.user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true },
  });
  if (user === null) throw new ServiceError("not_found", `There is no user ${email}.`);
  return user.id;
}

function readInput(args: string[]): Input {
  const options = { role: { type: "string" }, name: { type: "string" } } as const;
  const { values, positionals } = parsed(USAGE, () => parseArgs({ args, options, allowPositionals: true }));
  const [word, email = "", ...rest] = positionals;
  const verb = verbs.find((known) => known === word);
  if (verb === undefined || (email === "") !== (verb === "list") || rest.length > 0) {
    throw new UsageError("Say what to do, and with whom.", USAGE);
  }
  const named = values.name === undefined ? {} : { name: values.name };
  if (verb !== "create" && verb !== "role") return { verb, email, ...named };
  const role = Role.safeParse(values.role);
  if (role.success) return { verb, email, role: role.data, ...named };
  throw new UsageError(
    values.role === undefined ? "Say the role." : `There is no role "${values.role}".`,
    USAGE,
  );
}
