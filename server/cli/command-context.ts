import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Who acts when someone with access to the machine runs a command. */
export function commandContext(db: Database): ServiceContext {
  return { db, actor: { kind: "system", name: "command line" }, now: () => new Date() };
}
