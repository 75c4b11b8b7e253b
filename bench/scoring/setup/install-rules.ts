import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { type Rule, RuleSet } from "#server/domain/rule/rule-set.ts";

const LIST_ENTRIES = 200;

const raise = { kind: "raise", outcome: "review" } as const;
const conditions: readonly (readonly [name: string, condition: string, effect: Rule["effect"]])[] = [
  ["Large and online", "amountMinor >= 2500.00 EUR and channel = 'ecommerce'", raise],
  ["Large for the customer", "amountMinor > 5000.00 EUR and customer_device_seen_before = false", raise],
  ["Risky merchant", "merchant_fraud_rate_30d > 0.5 and score >= 0.5", raise],
  [
    "Address wrong at night",
    "attributes.avsMatch = 0 and is_night = true and amountMinor > 800.00 EUR",
    raise,
  ],
  ["Faster than a plane", "customer_speed_from_last > 1500 and channel != 'ecommerce'", raise],
  ["Certain", "score >= 0.97", { kind: "raise", outcome: "decline" }],
  [
    "Small at a till",
    "channel = 'card_present' and amountMinor < 1.00 EUR",
    { kind: "force", outcome: "approve" },
  ],
];

/** An active set of rules and lists with entries, none of which these payments are on, where there are none yet. */
export async function installRules(pool: Pool): Promise<void> {
  const rules = conditions.map(([name, condition, effect], position): Rule => {
    return { id: `bench-${position + 1}`, name, condition, effect, status: "active" };
  });
  await pool.query(
    `insert into rule_set_version (id, status, body, created_at, updated_at, activated_at)
     select $1, 'active', $2, now(), now(), now()
     where not exists (select from rule_set_version where status = 'active')`,
    [randomUUID(), RuleSet.parse({ rules })],
  );
  await pool.query(
    `with next as (
       update list_revision set revision = revision + $1::int where not exists (select from list_entry)
       returning revision - $1::int as before
     )
     insert into list_entry (id, list, kind, value, reason, added_at, added_by_name, added_revision)
     select 'bench_' || n, case n % 2 when 0 then 'block' else 'allow' end,
       (array['customer', 'card', 'device', 'merchant'])[1 + n % 4], 'listed_' || n, 'bench', now(), 'bench', before + n
     from next, generate_series(1, $1::int) as n`,
    [LIST_ENTRIES],
  );
}
