import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { chooseFeatureSet } from "#server/services/training/feature-set.ts";
import type { ImportCounts } from "./import-history.ts";
import type { Mapping } from "./mapping.ts";

/** Makes the mapping's feature set the one that training uses, and leaves a trace of the import in the audit log. */
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
}
