import type { Pool } from "pg";
import type { RowOutput } from "#ml/features/engine.ts";
import { CELL } from "#ml/features/payment-rows.ts";
import { type DecidedPayment, decided } from "./decided-payment.ts";
import { backfillInserts } from "./decision-rows.ts";
import { LogReplay } from "./log-replay.ts";
import type { LogPage } from "./payment-log.ts";
import { scoreRows } from "./score-rows.ts";
import { ArtifactError, ServingLoader } from "./serving-loader.ts";
import type { ServingVersion } from "./serving-version.ts";
import { insertStatement } from "./unnest-insert.ts";

export type BackfillOptions = {
  /** Payments that occurred from here on are decided; earlier ones only build up history. */
  readonly from: Date;
  /** Up to but not including. */
  readonly to: Date;
  /** Payments from here on that go to review get an open case; null: none does. */
  readonly casesFrom: Date | null;
  readonly now: Date;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal | null;
};

export type BackfillReport = { readonly decisions: number; readonly cases: number };

const WRITE_ROWS = 1_000;

/**
 * Decides payments of history that have no decision, by the champion and the policy that serve now and the code that
 * decides live, replayed in order of arrival against the labels known then. Each counts as scored when it occurred.
 * Interrupted, it can be run again: what is decided stays so.
 * @throws Error when there is no champion that can be used; the signal's reason when aborted.
 */
export async function backfillDecisions(pool: Pool, options: BackfillOptions): Promise<BackfillReport> {
  const serving = await loadServing(pool, options.now);
  const { rows } = await pool.query<{ total: number }>("select count(*)::float8 as total from transaction");
  const total = rows[0]?.total ?? 0;
  const replay = new LogReplay(pool, serving.featureSet);
  const width = serving.featureSet.definitions.length;
  let wanted: Wanted[] = [];
  let writing: Promise<void> = Promise.resolve();
  let [done, decisions, cases] = [0, 0, 0];

  const out = (page: LogPage, row: number): RowOutput | null => {
    if (!isWanted(page, row, options)) return null;
    const features = new Float64Array(width);
    wanted.push({ row, features });
    return { values: features, offset: 0 };
  };
  const onPage = async (page: LogPage): Promise<void> => {
    options.signal?.throwIfAborted();
    const made = decidePage(page, wanted, serving, options);
    wanted = [];
    await writing; // one page is written while the next is replayed
    writing = write(pool, made);
    writing.catch(() => {}); // awaited with the next page, or at the end
    done += page.count;
    decisions += made.length;
    cases += made.filter((payment) => payment.caseId !== null).length;
    options.onProgress?.({ done, total });
  };
  await replay.advance({ out, onPage, attributes: true });
  await writing;
  return { decisions, cases };
}

async function loadServing(pool: Pool, now: Date): Promise<ServingVersion> {
  const loader = new ServingLoader(pool, (_id, error) => {
    throw error;
  });
  const serving = await loader.load(null, now);
  if (serving.champion === null)
    throw new ArtifactError("there is no champion to decide with; promote a model first");
  return serving;
}

/** A payment of the page under way that is to be decided. */
type Wanted = { readonly row: number; readonly features: Float64Array };

function isWanted({ rows, isDecided }: LogPage, row: number, { from, to }: BackfillOptions): boolean {
  const atMs = rows.cells[row * rows.width + CELL.atMs] ?? Number.NaN;
  return atMs >= from.getTime() && atMs < to.getTime() && !isDecided(row);
}

function decidePage(
  page: LogPage,
  wanted: readonly Wanted[],
  serving: ServingVersion,
  { casesFrom }: BackfillOptions,
): DecidedPayment[] {
  const width = serving.featureSet.definitions.length;
  const matrix = new Float64Array(wanted.length * width);
  wanted.forEach(({ features }, row) => {
    matrix.set(features, row * width);
  });
  const scores = scoreRows(serving.champion?.scorer ?? null, matrix, wanted.length);
  return wanted.map(({ row: at, features }, row) => {
    const event = page.event(at);
    const scoredAt = new Date(event.occurredAtMs);
    const opensCase = casesFrom !== null && scoredAt >= casesFrom;
    const score = scores[row] ?? Number.NaN;
    return decided({ event, features, score, labelCursor: null, scoredAt, opensCase }, serving);
  });
}

async function write(pool: Pool, payments: readonly DecidedPayment[]): Promise<void> {
  for (let start = 0; start < payments.length; start += WRITE_ROWS) {
    await pool.query(insertStatement(backfillInserts(payments.slice(start, start + WRITE_ROWS))));
  }
}
