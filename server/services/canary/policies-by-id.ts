import type { Pool } from "pg";
import { Policy } from "#server/domain/policy.ts";

export type PolicyOf = (policyVersionId: string) => Promise<Policy>;

/** Policies as they were activated, read once each: a policy version never changes. */
export function policiesById(pool: Pool): PolicyOf {
  const known = new Map<string, Policy>();
  return async (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const { rows } = await pool.query<{ body: unknown }>("select body from policy_version where id = $1", [
      id,
    ]);
    const policy = Policy.parse(rows[0]?.body);
    known.set(id, policy);
    return policy;
  };
}
