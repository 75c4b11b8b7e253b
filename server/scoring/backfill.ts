import type { Pool } from "pg";
import { type DecidedPayment, decided } from "./decided-payment.ts";
import { backfillInserts } from "./decision-rows.ts";
import { LogReplay } from "./log-replay.ts";
import type { LoggedPayment } from "./payment-log.ts";
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
  const vectors = new Map<string, Float64Array>();
  let writing: Promise<void> = Promise.resolve();
  let [done, decisions, cases] = [0, 0, 0];

  const vectorFor = (payment: LoggedPayment): Float64Array | null => {
    if (!isWanted(payment, options)) return null;
    const vector = new Float64Array(serving.featureSet.definitions.length);
    vectors.set(payment.event.id, vector);
    return vector;
  };
  await replay.advance(vectorFor, async (page) => {
    options.signal?.throwIfAborted();
    const made = decidePage(page, vectors, serving, options);
    vectors.clear();
    await writing; // one page is written while the next is replayed
    writing = write(pool, made);
    writing.catch(() => {}); // awaited with the next page, or at the end
    done += page.length;
    decisions += made.length;
    cases += made.filter((payment) => payment.caseId !== null).length;
    options.onProgress?.({ done, total });
  });
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

function isWanted(payment: LoggedPayment, { from, to }: BackfillOptions): boolean {
  const atMs = payment.event.occurredAtMs;
  return !payment.decided && atMs >= from.getTime() && atMs < to.getTime();
}

function decidePage(
  page: readonly LoggedPayment[],
  vectors: ReadonlyMap<string, Float64Array>,
  serving: ServingVersion,
  { casesFrom }: BackfillOptions,
): DecidedPayment[] {
  const width = serving.featureSet.definitions.length;
  const wanted = page.flatMap(({ event }) => {
    const features = vectors.get(event.id);
    return features === undefined ? [] : [{ event, features }];
  });
  const matrix = new Float64Array(wanted.length * width);
  wanted.forEach(({ features }, row) => {
    matrix.set(features, row * width);
  });
  const scores = scoreRows(serving.champion?.scorer ?? null, matrix, wanted.length);
  return wanted.map(({ event, features }, row) => {
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
