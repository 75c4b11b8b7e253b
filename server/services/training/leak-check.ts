import { copiedCustomers } from "#ml/evaluation/leak-customers.ts";
import { findLeaks } from "#ml/evaluation/leak-detector.ts";
import type { LeakCode, LeakFinding } from "#ml/evaluation/leak-finding.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { ServiceError } from "#server/domain/service-error.ts";

/** A label or two before its payment is a clock that is off; one in a hundred is a column mixed up. */
const LABELS_BEFORE = 0.01;

const refused: ReadonlySet<LeakCode> = new Set(["label_in_disguise", "identifier", "copied_customers"]);

/** What looks like a leak in the rows of a run whose test days begin at `testFromMs`. */
export function leaksOf(dataset: Dataset, testFromMs: number): LeakFinding[] {
  const copies = copiedCustomers(dataset, testFromMs);
  return [...findLeaks(dataset), ...(copies === null ? [] : [copies])];
}

/**
 * Refuses to train on what makes its evaluation worthless: the label under another name, features that name payments or
 * tell their date, labels of before their payments, customers copied across the split.
 * @throws ServiceError "invalid" with the first reason and how many more there are
 */
export function refuseLeaks(leaks: readonly LeakFinding[]): void {
  const hard = leaks.filter(
    ({ code, statistic }) =>
      refused.has(code) || (code === "label_before_payment" && statistic >= LABELS_BEFORE),
  );
  const [first] = hard;
  if (first === undefined) return;
  const more = hard.length === 1 ? "" : ` And ${hard.length - 1} more like it.`;
  throw new ServiceError("invalid", `A leak: ${first.text}${more}`);
}
