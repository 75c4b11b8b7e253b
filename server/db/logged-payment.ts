import type { AttributeValue } from "#ml/features/payment-event.ts";
import type { ReplayEvent } from "#ml/features/replay.ts";

/** A row of `selectLoggedPayments`, read with `rowMode: "array"`; a reader's own columns follow. */
export type LoggedPaymentRow = [
  id: string,
  occurredAtMs: number,
  amountMinor: number,
  currency: string,
  customerId: string,
  merchantId: string,
  cardToken: string | null,
  deviceId: string | null,
  ip: string | null,
  merchantCategory: string | null,
  channel: string | null,
  country: string | null,
  latitude: number | null,
  longitude: number | null,
  attributes: Readonly<Record<string, AttributeValue>> | null,
  labelCursor: number | null,
];

const noAttributes = Object.freeze({});

/**
 * The query of the payment log: payments `t` with their decisions `d`, to which a reader adds its condition and order.
 * `also` are its own columns. Attributes are large, and can be left out where no feature reads them.
 */
export function selectLoggedPayments(
  also: readonly string[],
  { attributes }: { readonly attributes: boolean },
): string {
  return `
    select t.id, (extract(epoch from t.occurred_at) * 1000)::float8, t.amount_minor, t.currency, t.customer_id,
           t.merchant_id, t.card_token, t.device_id, t.ip, t.merchant_category, t.channel, t.country, t.latitude,
           t.longitude, ${attributes ? "t.attributes" : "null"}, case when d.origin = 'live' then d.label_cursor end,
           ${also.join(", ")}
    from transaction t left join decision d on d.transaction_id = t.id`;
}

/** The payment as features see it: with the labels that a live decision saw, or else those known at its time. */
export function loggedPayment(row: readonly [...LoggedPaymentRow, ...unknown[]]): ReplayEvent {
  return {
    id: row[0],
    occurredAtMs: row[1],
    amountMinor: row[2],
    currency: row[3],
    customerId: row[4],
    merchantId: row[5],
    cardToken: row[6],
    deviceId: row[7],
    ip: row[8],
    merchantCategory: row[9],
    channel: row[10],
    country: row[11],
    latitude: row[12],
    longitude: row[13],
    attributes: row[14] ?? noAttributes,
    labelCursor: row[15],
  };
}
