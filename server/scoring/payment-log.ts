import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { PaymentRows } from "#ml/features/payment-rows.ts";
import type { ReplayEvent } from "#ml/features/replay.ts";
import { type CopiedRows, copyOut } from "#server/db/copy-out.ts";
import { type LoggedLabel, readLoggedLabels } from "#server/db/logged-labels.ts";
import { LoggedRows, type LogRange, loggedRowsQuery } from "./logged-rows.ts";

/** Rows copied at once; the next are on their way meanwhile. */
const COPY_ROWS = 4_000;
/** Few enough that turning them into rows and replaying them takes some milliseconds. */
const PAGE_ROWS = 250;
const LABEL_ROWS = 5_000;

/** Payments of the log, in order of arrival, as rows for an engine. Holds until the next page is asked for. */
export type LogPage = {
  readonly rows: PaymentRows;
  readonly count: number;
  /** the payment of a row with all that features see of it */
  event(row: number): ReplayEvent;
  /** whether there is a decision on it */
  isDecided(row: number): boolean;
  /** sequence of the last payment */
  readonly lastSeq: number;
};

/**
 * Payments in order of arrival, some at a time. Attributes are read where the feature set needs them, or where
 * `attributes` says that somebody else does.
 */
export async function* readPayments(
  pool: Pool,
  featureSet: FeatureSet,
  { afterSeq, toSeq, attributes }: LogRange & { readonly attributes: boolean },
): AsyncGenerator<LogPage, void> {
  const needed = attributes || featureSet.definitions.some((d) => d.aggregate === "attribute");
  const fetch = (after: number): Promise<CopiedRows> => {
    const query = loggedRowsQuery({ afterSeq: after, toSeq }, COPY_ROWS, { attributes: needed });
    const copied = copyOut(pool, query, COPY_ROWS);
    copied.catch(() => {}); // awaited when it is due; until then a failure must not count as unhandled
    return copied;
  };
  const rows = new PaymentRows(featureSet, PAGE_ROWS);
  let next: Promise<CopiedRows> | null = fetch(afterSeq);
  while (next !== null) {
    const logged = new LoggedRows(await next);
    next = logged.count < COPY_ROWS ? null : fetch(logged.seq(logged.count - 1));
    for (let from = 0; from < logged.count; from += PAGE_ROWS) {
      await new Promise(setImmediate); // whatever else this process does comes first
      yield pageOf(logged, rows, from);
    }
  }
}

/** Up to some thousands of the labels recorded after `afterSeq`, in the order of recording. */
export function readLabels(pool: Pool, afterSeq: number): Promise<LoggedLabel[]> {
  return readLoggedLabels(pool, afterSeq, LABEL_ROWS);
}

function pageOf(logged: LoggedRows, rows: PaymentRows, from: number): LogPage {
  const count = Math.min(PAGE_ROWS, logged.count - from);
  for (let row = 0; row < count; row++) logged.copyTo(rows, from + row, row);
  return {
    rows,
    count,
    event: (row) => logged.event(from + row),
    isDecided: (row) => logged.isDecided(from + row),
    lastSeq: logged.seq(from + count - 1),
  };
}
