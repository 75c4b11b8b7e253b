import { defaultPolicy } from "#server/domain/policy.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { activatePolicy, ensureActivePolicy } from "#server/services/policy/index.ts";
import { chooseFeatureSet } from "#server/services/training/feature-set.ts";
import type { ImportCounts } from "./import-history.ts";
import type { Mapping } from "./mapping.ts";

/**
 * Makes the mapping's feature set the one that training uses, and leaves a trace of the import in the audit log.
 * Where nothing has been decided yet, the policy takes over after how many days the mapping's labels are complete.
 */
export async function rememberImport(
  ctx: ServiceContext,
  source: { readonly file: string; readonly mapping: Mapping },
  counts: ImportCounts,
): Promise<void> {
  const { name, featureSet } = source.mapping;
  await inTransaction(ctx, async (tx) => {
    await chooseFeatureSet(tx, featureSet);
    await recordAudit(tx, ctx, {
      action: "history.import",
      subjectType: "import",
      subjectId: source.file,
      after: { mapping: name, featureSet: featureSet.name, ...counts },
    });
  });
  await matureAsMapped(ctx, source.mapping);
}

async function matureAsMapped(ctx: ServiceContext, { name, label }: Mapping): Promise<void> {
  if (label === undefined || (await ctx.db.decision.findFirst({ select: { seq: true } })) !== null) return;
  const { id, policy } = await ensureActivePolicy(ctx.db, ctx.now());
  const maturityDays = Math.min(365, Math.ceil(label.delayDays));
  if (policy.maturityDays === maturityDays) return;
  const changed = { ...policy, name: `${defaultPolicy.name}, labels as in ${name}`, maturityDays };
  await activatePolicy(ctx, { policy: changed, expectedActiveId: id });
}
