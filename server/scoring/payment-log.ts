import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { ReplayEvent } from "#ml/features/replay.ts";
import { type LoggedLabel, readLoggedLabels } from "#server/db/logged-labels.ts";
import { type LoggedPaymentRow, loggedPayment, selectLoggedPayments } from "#server/db/logged-payment.ts";
import { readAhead } from "#server/db/read-ahead.ts";

export type LoggedPayment = {
  readonly event: ReplayEvent;
  readonly seq: number;
  readonly decided: boolean;
};

const PAGE = 5_000;

type Row = [...LoggedPaymentRow, seq: number, decided: boolean];

/**
 * Payments in order of arrival, from the one after `afterSeq` on, a page at a time. Attributes are read only where
 * the feature set needs them.
 */
export async function* readPayments(
  pool: Pool,
  featureSet: FeatureSet,
  afterSeq: number,
): AsyncGenerator<LoggedPayment[], void> {
  const attributes = featureSet.definitions.some((d) => d.aggregate === "attribute");
  const text = `${selectLoggedPayments(["t.seq", "d.transaction_id is not null"], { attributes })}
    where t.seq > $1 order by t.seq limit ${PAGE}`;
  const pages = readAhead<Row>(PAGE, async (after) => {
    const values = [after === null ? afterSeq : after[16]];
    return (await pool.query<Row>({ text, values, rowMode: "array" })).rows;
  });
  for await (const rows of pages) {
    yield rows.map((row) => ({ event: loggedPayment(row), seq: row[16], decided: row[17] }));
  }
}

/** Up to a page of the labels recorded after `afterSeq`, in the order of recording. */
export function readLabels(pool: Pool, afterSeq: number): Promise<LoggedLabel[]> {
  return readLoggedLabels(pool, afterSeq, PAGE);
}
