import type { PoolClient } from "pg";
import type { AttributeValue } from "#ml/features/payment-event.ts";
import type { ReplayEvent, ReplayLabel } from "#ml/features/replay.ts";

/** One payment of the log, with what was decided where that was read by the wanted feature set. */
export type LoggedPayment = {
  readonly event: ReplayEvent;
  /** the vector as served, little-endian float64; null when none is stored for that feature set version */
  readonly served: Buffer | null;
  readonly score: number | null;
  readonly modelVersionId: string | null;
};

const BATCH = 4_000;

type Row = [
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
  attributes: Readonly<Record<string, AttributeValue>>,
  labelCursor: number | null,
  served: Buffer | null,
  score: number | null,
  modelVersionId: string | null,
];

const payments = `
  select t.id, (extract(epoch from t.occurred_at) * 1000)::float8, t.amount_minor, t.currency, t.customer_id,
         t.merchant_id, t.card_token, t.device_id, t.ip, t.merchant_category, t.channel, t.country, t.latitude,
         t.longitude, t.attributes, case when d.origin = 'live' then d.label_cursor end, case when d.feature_set_version = $1 then d.features end,
         d.score, d.model_version_id
  from transaction t left join decision d on d.transaction_id = t.id
  order by t.seq`;

/**
 * Streams the whole log in order of arrival, some thousands at a time. `client` must be in a transaction, so that
 * the cursor lives and everything read with it is of one moment.
 */
export async function* readPayments(
  client: PoolClient,
  featureSetVersion: string,
): AsyncGenerator<LoggedPayment[], void> {
  await client.query(`declare payment_log no scroll cursor for ${payments}`, [featureSetVersion]);
  const fetch = async (): Promise<Row[]> => {
    const text = `fetch ${BATCH} from payment_log`;
    return (await client.query<Row>({ text, rowMode: "array" })).rows;
  };
  let rows = await fetch();
  while (rows.length > 0) {
    const next = rows.length < BATCH ? Promise.resolve([]) : fetch(); // read while this batch is worked on
    next.catch(() => {}); // awaited below; until then a failure must not count as unhandled
    yield rows.map(paymentOf);
    rows = await next;
  }
  await client.query("close payment_log");
}

function paymentOf(row: Row): LoggedPayment {
  const event = {
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
    attributes: row[14],
    labelCursor: row[15],
  };
  return { event, served: row[16], score: row[17], modelVersionId: row[18] };
}

type LabelRow = Omit<ReplayLabel, "sequence"> & { readonly sequence: number };

/** Every label in the order of recording, as features see it. One row per judgement; most payments have none. */
export async function readLabels(client: PoolClient): Promise<LabelRow[]> {
  const { rows } = await client.query<LabelRow>(`
    select l.transaction_id as "transactionId", (extract(epoch from t.occurred_at) * 1000)::float8 as "occurredAtMs",
           t.customer_id as "customerId", t.merchant_id as "merchantId", t.card_token as "cardToken",
           t.device_id as "deviceId", t.ip, (extract(epoch from l.recorded_at) * 1000)::float8 as "recordedAtMs",
           l.label, l.seq as sequence
    from label l join transaction t on t.id = l.transaction_id
    order by l.seq`);
  return rows;
}

/** Runs `work` in one read-only transaction that sees one moment of the database. */
export async function inSnapshot<T>(
  pool: { connect(): Promise<PoolClient> },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("begin isolation level repeatable read read only");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    broken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
