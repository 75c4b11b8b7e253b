import type { Pool } from "pg";
import { createCaller } from "#server/api/root.ts";
import type { Database } from "#server/db/client.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";

const refuse = (): Promise<never> => Promise.reject(new Error("nothing is scored here"));
const scoring: ScoringPort = { score: refuse, scoreBatch: refuse, byId: refuse };

/** What the bench measures on: a filled database at the moment that it is of. */
export type Desk = { readonly db: Database; readonly pool: Pool; readonly at: Date };

export type Caller = ReturnType<typeof createCaller>;

/** The product's procedures, called as the browser calls them, less the network. */
export function callerFor({ db, pool, at }: Desk, role: Role, id: string): Caller {
  return createCaller({ db, pool, scoring, now: () => at, actor: { kind: "user", id, name: id, role } });
}
