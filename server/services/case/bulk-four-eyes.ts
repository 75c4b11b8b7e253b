import type { Tx } from "#server/db/client.ts";
import type { Label } from "#server/domain/label.ts";
import { formatMinor } from "#server/domain/money.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";
import { whyFourEyes } from "./four-eyes.ts";

type JudgedCases = { readonly caseIds: readonly string[]; readonly label: Label | null };

/**
 * Why the same verdict on many cases needs a second person, in words; null when it does not. A case counts with those
 * joined to it, as when it is closed alone: many small ones are not added up.
 */
export async function whyBulkFourEyes(
  tx: Pick<Tx, "case" | "transaction" | "effectiveLabel">,
  settings: ReviewSettings,
  { caseIds, label }: JudgedCases,
): Promise<string | null> {
  const rows = await tx.case.findMany({
    where: { OR: [{ id: { in: [...caseIds] } }, { status: "joined", joinedToId: { in: [...caseIds] } }] },
    select: { id: true, joinedToId: true, amountMinor: true, currency: true, transactionId: true },
  });
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.currency} ${row.joinedToId ?? row.id}`;
    sums.set(key, (sums.get(key) ?? 0) + Number(row.amountMinor));
  }
  const { amountMinor } = settings.fourEyes;
  const large = [...sums].filter(([key, sum]) => sum >= (amountMinor[key.slice(0, 3)] ?? Infinity));
  const [first] = large;
  if (first !== undefined) {
    const currency = first[0].slice(0, 3);
    const from = formatMinor(amountMinor[currency] ?? 0, currency);
    return `${large.length} of the cases come to ${from} or more; such a verdict needs a second person.`;
  }
  const transactionIds = rows.map((row) => row.transactionId);
  const overrides = { ...settings, fourEyes: { ...settings.fourEyes, amountMinor: {} } };
  return whyFourEyes(tx, overrides, { transactionIds, label });
}
