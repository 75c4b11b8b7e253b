import type { Pool, PoolClient } from "pg";
import type { LabelEvent } from "#ml/features/payment-event.ts";

/** A label as features see it, with its place in the order of recording. */
export type LoggedLabel = LabelEvent & { readonly sequence: number };

type Row = [
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

const text = `
  select l.seq, l.transaction_id, l.label, (extract(epoch from l.recorded_at) * 1000)::float8,
         (extract(epoch from t.occurred_at) * 1000)::float8, t.customer_id, t.merchant_id, t.card_token, t.device_id, t.ip
  from label l join transaction t on t.id = l.transaction_id
  where l.seq > $1 order by l.seq limit $2`;

/** The labels recorded after the one of `afterSeq`, in the order of recording; at most `limit`, or all for null. */
export async function readLoggedLabels(
  client: Pool | PoolClient,
  afterSeq: number,
  limit: number | null,
): Promise<LoggedLabel[]> {
  const { rows } = await client.query<Row>({ text, values: [afterSeq, limit], rowMode: "array" });
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
