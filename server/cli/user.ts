import { parseArgs } from "node:util";
import { Role, roles } from "#server/domain/permission.ts";
import { createUser } from "#server/services/user/index.ts";
import { askSecret } from "./ask-secret.ts";
import { commandContext } from "./command-context.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = `npm run user -- create EMAIL --role ${roles.join("|")} [--name NAME]`;

await runCommand(async (env) => {
  const input = readInput(process.argv.slice(2));
  const password = await askSecret("Password (empty: one is generated): ");
  return withDatabase(env, async ({ db }) => {
    const { user, generatedPassword } = await createUser(commandContext(db), {
      ...input,
      password: password === "" ? null : password,
    });
    console.log(`${user.email} is ${user.role} now.`);
    if (generatedPassword !== null) console.log(`Password, shown this once: ${generatedPassword}`);
    return 0;
  });
});

function readInput(args: string[]): { email: string; role: Role; name?: string } {
  const { values, positionals } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: { role: { type: "string" }, name: { type: "string" } },
      allowPositionals: true,
    }),
  );
  const [verb, email, ...rest] = positionals;
  if (verb !== "create" || email === undefined || rest.length > 0) {
    throw new UsageError("Say whom to create.", USAGE);
  }
  const role = Role.safeParse(values.role);
  if (!role.success) {
    const given = values.role === undefined ? "Say the role." : `There is no role "${values.role}".`;
    throw new UsageError(given, USAGE);
  }
  return { email, role: role.data, ...(values.name === undefined ? {} : { name: values.name }) };
}
