import type { PoolClient } from "pg";
import type { ReplayEvent } from "#ml/features/replay.ts";
import { knownChance } from "#server/db/known-chance.ts";
import { type LoggedPaymentRow, loggedPayment, selectLoggedPayments } from "#server/db/logged-payment.ts";
import { readAhead } from "#server/db/read-ahead.ts";

/** One payment of the log, with what was decided where that was read by the wanted feature set. */
export type LoggedPayment = {
  readonly event: ReplayEvent;
  /** the vector as served, little-endian float64; null when none is stored for that feature set version */
  readonly served: Buffer | null;
  readonly score: number | null;
  readonly modelVersionId: string | null;
  /** stopped when it was made, so that no dispute could come */
  readonly isDeclined: boolean;
  /** the chance it had of an outcome that tells; 1 but for declines that exploration let through to review */
  readonly knownChance: number;
};

const BATCH = 4_000;

type Row = [
  ...LoggedPaymentRow,
  served: Buffer | null,
  score: number | null,
  modelVersionId: string | null,
  isDeclined: boolean,
  knownChance: number,
];

const decisionColumns = [
  "case when d.feature_set_version = $1 then d.features end",
  "d.score",
  "d.model_version_id",
  "(d.outcome = 'decline' and d.origin = 'live') is true",
  knownChance,
];
const payments = `${selectLoggedPayments(decisionColumns, { attributes: true })}
  where $2::bigint is null or t.seq <= $2 order by t.seq`;

/**
 * Streams the log in order of arrival, some thousands at a time, up to the payment of sequence `upTo` or whole. `client` must be in a transaction, so that
 * the cursor lives and everything read with it is of one moment.
 */
export async function* readPayments(
  client: PoolClient,
  featureSetVersion: string,
  upTo: number | null = null,
): AsyncGenerator<LoggedPayment[], void> {
  await client.query(`declare payment_log no scroll cursor for ${payments}`, [featureSetVersion, upTo]);
  const batches = readAhead<Row>(BATCH, async () => {
    const text = `fetch ${BATCH} from payment_log`;
    return (await client.query<Row>({ text, rowMode: "array" })).rows;
  });
  for await (const rows of batches) {
    yield rows.map((row) => ({
      event: loggedPayment(row),
      served: row[16],
      score: row[17],
      modelVersionId: row[18],
      isDeclined: row[19],
      knownChance: row[20],
    }));
  }
  await client.query("close payment_log");
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
