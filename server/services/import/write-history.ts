import type { Pool, PoolClient } from "pg";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { Label, LabelSource } from "#server/domain/label.ts";
import { LABEL_LOCK } from "#server/services/label/label-order.ts";

export type HistoricalLabel = {
  readonly transactionId: string;
  readonly label: Label;
  readonly source: LabelSource;
  readonly occurredAtMs: number; // of the payment
  readonly recordedAtMs: number;
};

/** Where history came from: a file, or the demo's simulator. */
export type HistoryOrigin = "import" | "simulation";

/**
 * Adds payments of the past in the order given, which becomes their order of arrival. Ids that are there already
 * are left as they are. Returns how many were new.
 */
export async function writePayments(
  client: Pool | PoolClient,
  payments: readonly PaymentEvent[],
  origin: HistoryOrigin,
): Promise<number> {
  const column = <T>(read: (payment: PaymentEvent) => T): T[] => payments.map(read);
  const result = await client.query(insertPayments, [
    column((p) => p.id),
    column((p) => new Date(p.occurredAtMs)),
    column((p) => p.amountMinor),
    column((p) => p.currency),
    column((p) => p.customerId),
    column((p) => p.merchantId),
    column((p) => p.cardToken),
    column((p) => p.deviceId),
    column((p) => p.ip),
    column((p) => p.merchantCategory),
    column((p) => p.channel),
    column((p) => p.country),
    column((p) => p.latitude),
    column((p) => p.longitude),
    column((p) => JSON.stringify(p.attributes)),
    origin,
  ]);
  return result.rowCount ?? 0;
}

// An empty request hash matches no body: history was never answered over the API.
const insertPayments = `
  insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, card_token, device_id,
    ip, merchant_category, channel, country, latitude, longitude, attributes, received_at, request_hash, origin)
  select id, occurred_at, amount_minor, currency, customer_id, merchant_id, card_token, device_id, ip,
    merchant_category, channel, country, latitude, longitude, attributes::jsonb, occurred_at, '\\x'::bytea, $16
  from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::float8[], $14::float8[], $15::text[])
    as row (id, occurred_at, amount_minor, currency, customer_id, merchant_id, card_token, device_id, ip,
      merchant_category, channel, country, latitude, longitude, attributes)
  on conflict (id) do nothing`;

/**
 * Adds labels of history, which must be sorted by the time they were recorded. A label that is there already is
 * left; a payment's effective label is set only where it has none yet, as history comes before any later verdict.
 * Labels of unknown payments are skipped. Waits for other writers of labels, so that labels become visible in the
 * order of their `seq`. Returns how many were new.
 */
export async function writeHistoricalLabels(
  client: Pool | PoolClient,
  labels: readonly HistoricalLabel[],
): Promise<number> {
  const column = <T>(read: (label: HistoricalLabel) => T): T[] => labels.map(read);
  const result = await client.query<{ added: number }>(insertLabels, [
    column((l) => l.transactionId),
    column((l) => l.label),
    column((l) => l.source),
    column((l) => new Date(l.occurredAtMs)),
    column((l) => new Date(l.recordedAtMs)),
    LABEL_LOCK,
  ]);
  return Number(result.rows[0]?.added ?? 0);
}

// The lock is held before the first number is drawn, because `added` sorts all of `given`.
const insertLabels = `
  with in_order as materialized (
    select pg_advisory_xact_lock($6::bigint)
  ), given as (
    select row.* from in_order, unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[]) with ordinality
      as row (transaction_id, label, source, occurred_at, recorded_at, position)
    where exists (select from transaction where transaction.id = row.transaction_id)
  ), added as (
    insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
    select transaction_id, label, source, occurred_at, recorded_at, 'system' from given order by position
    on conflict do nothing
    returning seq, transaction_id, label, source, recorded_at
  ), latest as (
    select distinct on (transaction_id) added.*, transaction.occurred_at from added
    join transaction on transaction.id = added.transaction_id order by transaction_id, added.seq desc
  ), effective as (
    insert into effective_label (transaction_id, label, source, label_seq, recorded_at, occurred_at)
    select transaction_id, label, source, seq, recorded_at, occurred_at from latest
    on conflict (transaction_id) do nothing
  )
  select count(*) as added from added`;
