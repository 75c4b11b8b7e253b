import type { LeakFinding } from "./leak-finding.ts";

/** Payments in event order, with who made them. */
export type CustomerPayments = {
  readonly rows: number;
  readonly occurredAtMs: Float64Array;
  readonly amountMinor: Float64Array;
  readonly customerIds: readonly string[];
};

/** Payments in a row whose amounts make a pattern; fewer recur by chance. */
const PATTERN = 4;
const LEAST_PATTERNS = 3;
/** share of a customer's patterns that must be one other customer's */
const NEARLY_ALL = 0.8;
const LEAST_COPIES = 5;
const SHARE_OF_COPIES = 0.01;

/**
 * Customers of the test days who are others of earlier days under a new name: nearly all runs of four amounts of
 * theirs are runs of one customer of before `splitMs` whom the test days do not know. Copies, as of resampled or merged files, let a
 * model remember what it is tested on. Null where there are fewer than 5 of them, or under 1 % of the new customers.
 * O(rows).
 */
export function copiedCustomers(payments: CustomerPayments, splitMs: number): LeakFinding | null {
  const { before, after } = amountsByCustomer(payments, splitMs);
  const owners = new Map<string, string>();
  for (const [customer, amounts] of before)
    if (!after.has(customer)) for (const pattern of patternsOf(amounts)) owners.set(pattern, customer);
  let [looked, copies] = [0, 0];
  for (const [customer, amounts] of after) {
    const patterns = patternsOf(amounts);
    if (before.has(customer) || patterns.length < LEAST_PATTERNS) continue;
    looked++;
    const shared = new Map<string, number>();
    for (const pattern of patterns) {
      const owner = owners.get(pattern);
      if (owner !== undefined) shared.set(owner, (shared.get(owner) ?? 0) + 1);
    }
    if (Math.max(0, ...shared.values()) >= NEARLY_ALL * patterns.length) copies++;
  }
  const share = looked === 0 ? 0 : copies / looked;
  if (copies < LEAST_COPIES || share < SHARE_OF_COPIES) return null;
  return {
    code: "copied_customers",
    feature: null,
    statistic: share,
    text: `${copies} of ${looked} customers who are new in the test days repeat the payments of an earlier customer under another name (${(100 * share).toFixed(0)} %): the test would ask what was learnt by heart. Remove the copies, or give each customer one name.`,
  };
}

type ByCustomer = { before: Map<string, number[]>; after: Map<string, number[]> };

function amountsByCustomer(payments: CustomerPayments, splitMs: number): ByCustomer {
  const by: ByCustomer = { before: new Map(), after: new Map() };
  for (let row = 0; row < payments.rows; row++) {
    const side = (payments.occurredAtMs[row] as number) < splitMs ? by.before : by.after;
    const customer = payments.customerIds[row] ?? "";
    const amounts = side.get(customer);
    if (amounts === undefined) side.set(customer, [payments.amountMinor[row] as number]);
    else amounts.push(payments.amountMinor[row] as number);
  }
  return by;
}

/** Runs of amounts that are not all the same: a subscription is no pattern. */
function patternsOf(amounts: readonly number[]): string[] {
  const patterns: string[] = [];
  for (let from = 0; from + PATTERN <= amounts.length; from++) {
    const run = amounts.slice(from, from + PATTERN);
    if (new Set(run).size > 2) patterns.push(run.join(","));
  }
  return patterns;
}
