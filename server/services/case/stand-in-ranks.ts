import type { Tx } from "#server/db/client.ts";
import { standInLossMinor } from "#server/domain/masking.ts";
import { defaultPolicy, Policy, policyFor } from "#server/domain/policy.ts";
import type { UnroutedCase } from "./unrouted-cases.ts";

/**
 * What masked cases that came with their true rank are ranked by, as scoring would have ranked them: in its place each
 * would show what the mask hides. By the policy that decided, or the default one where no decision was kept. By case.
 */
export async function standInRanks(
  tx: Tx,
  bare: readonly UnroutedCase[],
): Promise<ReadonlyMap<string, bigint>> {
  if (bare.length === 0) return new Map();
  const decided = await tx.case.findMany({
    where: { id: { in: bare.map(({ id }) => id) } },
    select: {
      id: true,
      transaction: { select: { decision: { select: { policyVersion: { select: { body: true } } } } } },
    },
  });
  const bodies = new Map(
    decided.map(({ id, transaction }) => [id, transaction.decision?.policyVersion.body]),
  );
  return new Map(
    bare.map(({ id, facts }) => {
      const policy = Policy.catch(defaultPolicy).parse(bodies.get(id));
      const { cost } = policyFor(policy, facts);
      return [id, BigInt(standInLossMinor(facts.amountMinor, cost))];
    }),
  );
}
