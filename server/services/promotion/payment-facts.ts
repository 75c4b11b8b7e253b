import type { Pool } from "pg";
import { knownChance } from "#server/db/known-chance.ts";

/** What was known of a payment beside its features, and what was done with it. */
export type PaymentFacts = {
  readonly currency: string;
  readonly channel: string | null;
  /** declined when it was made, so that no dispute could tell what it was */
  readonly isDeclined: boolean;
  /** the chance it had of an outcome that tells; 1 but for declines that exploration let through to review */
  readonly knownChance: number;
};

const CHUNK = 5_000;

type Row = [id: string, currency: string, channel: string | null, isDeclined: boolean, knownChance: number];

const text = `
  select t.id, t.currency, t.channel, (d.outcome = 'decline' and d.origin = 'live') is true,
         ${knownChance}
  from transaction t left join decision d on d.transaction_id = t.id where t.id = any($1)`;

/** Facts of given payments, by id; some thousands a query. */
export async function readPaymentFacts(
  pool: Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentFacts>> {
  const facts = new Map<string, PaymentFacts>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const values = [ids.slice(from, from + CHUNK)];
    const { rows } = await pool.query<Row>({ text, values, rowMode: "array" });
    for (const [id, currency, channel, isDeclined, knownChance] of rows)
      facts.set(id, { currency, channel, isDeclined, knownChance });
  }
  return facts;
}
