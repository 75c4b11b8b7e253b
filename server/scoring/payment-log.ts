import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { AttributeValue, LabelEvent } from "#ml/features/payment-event.ts";
import type { ReplayEvent } from "#ml/features/replay.ts";

export type LoggedPayment = ReplayEvent & {
  readonly seq: number;
  readonly decided: boolean;
};
export type LoggedLabel = LabelEvent & { readonly sequence: number };

const PAGE = 5_000;

type PaymentRow = [
  seq: number,
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
  labelCursor: number | null,
  decided: boolean,
  attributes: Readonly<Record<string, AttributeValue>>,
];

const noAttributes = Object.freeze({});

const paymentsAfter = (attributes: string): string => `
  select t.seq, t.id, (extract(epoch from t.occurred_at) * 1000)::float8, t.amount_minor, t.currency, t.customer_id,
         t.merchant_id, t.card_token, t.device_id, t.ip, t.merchant_category, t.channel, t.country, t.latitude,
         t.longitude, case when d.origin = 'live' then d.label_cursor end, d.transaction_id is not null${attributes}
  from transaction t left join decision d on d.transaction_id = t.id
  where t.seq > $1 order by t.seq limit ${PAGE}`;

/**
 * Payments in order of arrival, from the one after `afterSeq` on, a page at a time; the next page is read while one
 * is worked on. Attributes are read only where the feature set needs them.
 */
export async function* readPayments(
  pool: Pool,
  featureSet: FeatureSet,
  afterSeq: number,
): AsyncGenerator<LoggedPayment[], void> {
  const needsAttributes = featureSet.definitions.some((d) => d.aggregate === "attribute");
  const text = paymentsAfter(needsAttributes ? ", t.attributes" : "");
  const page = async (after: number): Promise<PaymentRow[]> =>
    (await pool.query<PaymentRow>({ text, values: [after], rowMode: "array" })).rows;
  let rows = await page(afterSeq);
  while (rows.length > 0) {
    const last = rows.at(-1);
    const next = last === undefined || rows.length < PAGE ? Promise.resolve([]) : page(last[0]);
    next.catch(() => {}); // awaited below; until then a failure must not count as unhandled
    yield rows.map(paymentOf);
    rows = await next;
  }
}

function paymentOf(row: PaymentRow): LoggedPayment {
  return {
    seq: row[0],
    id: row[1],
    occurredAtMs: row[2],
    amountMinor: row[3],
    currency: row[4],
    customerId: row[5],
    merchantId: row[6],
    cardToken: row[7],
    deviceId: row[8],
    ip: row[9],
    merchantCategory: row[10],
    channel: row[11],
    country: row[12],
    latitude: row[13],
    longitude: row[14],
    labelCursor: row[15],
    decided: row[16],
    attributes: row[17] ?? noAttributes,
  };
}

type LabelRow = [
  sequence: number,
  transactionId: string,
  label: "fraud" | "legitimate",
  recordedAtMs: number,
  occurredAtMs: number,
  customerId: string,
  merchantId: string,
  cardToken: string | null,
  deviceId: string | null,
  ip: string | null,
];

const labelsAfter = `
  select l.seq, l.transaction_id, l.label, (extract(epoch from l.recorded_at) * 1000)::float8,
         (extract(epoch from t.occurred_at) * 1000)::float8, t.customer_id, t.merchant_id, t.card_token, t.device_id, t.ip
  from label l join transaction t on t.id = l.transaction_id
  where l.seq > $1 order by l.seq limit ${PAGE}`;

/** Up to a page of the labels recorded after `afterSeq`, in the order of recording. */
export async function readLabels(pool: Pool, afterSeq: number): Promise<LoggedLabel[]> {
  const { rows } = await pool.query<LabelRow>({ text: labelsAfter, values: [afterSeq], rowMode: "array" });
  return rows.map((row) => ({
    sequence: row[0],
    transactionId: row[1],
    label: row[2],
    recordedAtMs: row[3],
    occurredAtMs: row[4],
    customerId: row[5],
    merchantId: row[6],
    cardToken: row[7],
    deviceId: row[8],
    ip: row[9],
  }));
}
