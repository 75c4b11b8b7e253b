import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { count, plural } from "#app/format/number.ts";
import { Skeleton } from "#app/ui/skeleton.tsx";
import type { BulkPreview } from "./bulk-action.ts";

const SKIPPED_SHOWN = 3;

type BulkEffectProps = { preview: BulkPreview | undefined; verb: string; error: string | null };

/** What would change, in numbers: cases, money by currency, and what stays as it is and why. */
export function BulkEffect({ preview, verb, error }: BulkEffectProps): ReactNode {
  if (error !== null) return <p className="text-decline">The effect could not be worked out. {error}</p>;
  if (preview === undefined) return <Skeleton className="h-16" />;
  const { items, money: sums, skipped, heldByOthers, hasMore, needsApproval } = preview;
  return (
    <div aria-live="polite" className="space-y-2 rounded-md bg-sunken p-3">
      <p>
        <strong className="font-semibold">{plural(items.length, "case")}</strong> will be {verb}
        {sums.length > 0 && ": "}
        {sums
          .map((sum) => `${money(sum.amountMinor, sum.currency)} in ${plural(sum.cases, "payment")}`)
          .join(", ")}
        .
      </p>
      {hasMore && <p className="text-review">◐ More match; the first 1,000 by expected loss are taken.</p>}
      {skipped.length > 0 && (
        <div className="text-muted">
          <p>
            {plural(skipped.length, "case stays as it is", "cases stay as they are")}
            {heldByOthers > 0 && `, ${count(heldByOthers)} of them in the hands of others`}:
          </p>
          <ul className="list-disc pl-4 text-xs">
            {skipped.slice(0, SKIPPED_SHOWN).map(({ caseId, why }) => (
              <li key={caseId}>{why}</li>
            ))}
            {skipped.length > SKIPPED_SHOWN && <li>and {count(skipped.length - SKIPPED_SHOWN)} more</li>}
          </ul>
        </div>
      )}
      {needsApproval !== null && (
        <p className="text-review">◐ A second person has to agree first: {needsApproval}</p>
      )}
    </div>
  );
}
