import type { Tx } from "#server/db/client.ts";
import type { RoutedFacts } from "#server/domain/queue.ts";
import { factColumns, factJoins, routedFacts, type StoredFacts } from "./routed-facts.ts";
import { waitsForSecond } from "./waits-for-second.ts";

/** An open case that waits to be routed, with all that routing and joining look at. */
export type UnroutedCase = {
  readonly id: string;
  readonly number: number;
  readonly openedAt: Date;
  readonly customerId: string;
  readonly cardToken: string | null;
  readonly currency: string;
  readonly expectedLossMinor: bigint;
  readonly rankMinor: bigint;
  /** masked, or with a verdict that waits for a second person: neither joins nor is joined */
  readonly apart: boolean;
  readonly version: number;
  readonly facts: RoutedFacts;
};

type Stored = Omit<UnroutedCase, "facts"> & StoredFacts;

/** Locks the oldest cases that wait to be routed, passing over those that somebody is changing. */
export async function lockUnrouted(tx: Tx, limit: number): Promise<UnroutedCase[]> {
  const rows = await tx.$queryRaw<Stored[]>`
    with waiting as materialized (
      select * from "case" where status = 'open' and routed_at is null
      order by opened_at limit ${limit} for no key update skip locked)
    select c.id, c.number, c.opened_at as "openedAt", c.customer_id as "customerId",
           coalesce(c.card_token, t.card_token) as "cardToken", c.expected_loss_minor as "expectedLossMinor",
           c.rank_minor as "rankMinor", c.masked or ${waitsForSecond("c")} as apart, c.version, ${factColumns}
    from waiting c ${factJoins}
    order by c.opened_at, c.id`;
  return rows.map((row) => ({ ...row, facts: routedFacts(row) }));
}
