import type { Tx } from "#server/db/client.ts";
import type { Label } from "#server/domain/label.ts";
import { formatMinor } from "#server/domain/money.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";

export type JudgedPayments = {
  readonly transactionIds: readonly string[];
  /** what the verdict teaches; null when nothing */
  readonly label: Label | null;
};

/**
 * Why a verdict on these payments needs a second person, in words; null when it does not: they come to the amount of
 * the review settings together, or one of them has a label that says otherwise.
 */
export async function whyFourEyes(
  tx: Pick<Tx, "transaction" | "effectiveLabel">,
  { fourEyes }: ReviewSettings,
  { transactionIds, label }: JudgedPayments,
): Promise<string | null> {
  const ids = [...transactionIds];
  if (Object.keys(fourEyes.amountMinor).length > 0) {
    const sums = await tx.transaction.groupBy({
      by: ["currency"],
      where: { id: { in: ids } },
      _sum: { amountMinor: true },
    });
    for (const { currency, _sum } of sums) {
      const [sum, limit] = [Number(_sum.amountMinor ?? 0), fourEyes.amountMinor[currency]];
      if (limit === undefined || sum < limit) continue;
      const from = formatMinor(limit, currency);
      return `The verdict is on ${formatMinor(sum, currency)}; from ${from} on it needs a second person.`;
    }
  }
  if (!fourEyes.overrides || label === null) return null;
  const against = await tx.effectiveLabel.findFirst({
    where: { transactionId: { in: ids }, label: { not: label } },
  });
  if (against === null) return null;
  const source = against.source.replace("_", " ");
  return `It contradicts the label ${against.label} (${source}), which needs a second person.`;
}
