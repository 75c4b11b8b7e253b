import type { Pool } from "pg";
import { createFeatureEngine, type FeatureEngine, type RowOutput } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { CELL } from "#ml/features/payment-rows.ts";
import { type LabelProgress, Replayer } from "#ml/features/replay.ts";
import { type LogPage, readLabels, readPayments } from "./payment-log.ts";

/** How far a replay has come: what it takes, with the engine's state, to go on. */
export type LogPlace = LabelProgress & {
  /** Sequence of the payment replayed last, 0 before the first. */
  readonly lastSeq: number;
};

export type Advance = {
  /** Go no further than this sequence; to the end when left out. */
  readonly toSeq?: number;
  /** Where a payment's features go, or null. Left out: nobody wants any. */
  readonly out?: (page: LogPage, row: number) => RowOutput | null;
  /** Told after each page, which is gone when this resolves. */
  readonly onPage?: (page: LogPage) => Promise<void>;
  /** Whether pages need attributes that the feature set does not read. */
  readonly attributes?: boolean;
  readonly signal?: AbortSignal;
};

/**
 * Replays the log of the database through the engine that serves: payments in order of arrival, labels as far as a
 * payment saw them (see Replayer). Can be continued where it stopped, or where another one did. Requests that this
 * process answers meanwhile wait a few milliseconds at most.
 */
export class LogReplay {
  readonly engine: FeatureEngine;
  readonly #pool: Pool;
  readonly #replayer: Replayer;
  #readTo = 0; // sequence of the label read last
  #lastSeq = 0;

  constructor(pool: Pool, featureSet: FeatureSet, engine: FeatureEngine = createFeatureEngine(featureSet)) {
    this.#pool = pool;
    this.engine = engine;
    this.#replayer = new Replayer(engine);
  }

  /** Goes on at a place of the log with an engine that has the state of there. */
  static at(pool: Pool, engine: FeatureEngine, place: LogPlace): LogReplay {
    const replay = new LogReplay(pool, engine.featureSet, engine);
    replay.#lastSeq = place.lastSeq;
    replay.#readTo = place.cursor;
    replay.#replayer.resume(place);
    return replay;
  }

  /** Sequence of the last label applied; 0 before the first. */
  get labelCursor(): number {
    return this.#replayer.progress.cursor;
  }

  /** Sequence of the last payment replayed. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  get place(): LogPlace {
    return { ...this.#replayer.progress, lastSeq: this.#lastSeq };
  }

  /**
   * Replays the payments that came since the last call, and returns how many there were.
   * @throws the signal's reason when aborted; the replay is of no use then.
   */
  async advance(options: Advance = {}): Promise<number> {
    const { toSeq = Number.MAX_SAFE_INTEGER, out = () => null, attributes = false, signal } = options;
    const range = { afterSeq: this.#lastSeq, toSeq, attributes };
    let count = 0;
    for await (const page of readPayments(this.#pool, this.engine.featureSet, range)) {
      signal?.throwIfAborted();
      await this.#offerLabelsFor(page);
      for (let row = 0; row < page.count; row++) {
        this.#replayer.nextRow(page.rows, row, out(page, row));
      }
      this.#lastSeq = page.lastSeq;
      count += page.count;
      await options.onPage?.(page);
    }
    return count;
  }

  /** Applies every label recorded so far, whatever the time of the last payment: what the next payment will see. */
  async applyKnownLabels(): Promise<void> {
    while (await this.#offerPage());
    this.#replayer.applyOffered();
  }

  /** Offers labels until one is not due yet at any payment of the page. */
  async #offerLabelsFor({ rows, count }: LogPage): Promise<void> {
    let latestMs = Number.NEGATIVE_INFINITY; // of payments that saw the labels known at their time
    let highest = 0; // cursor of the others
    for (let row = 0; row < count; row++) {
      const at = row * rows.width;
      const atMs = rows.cells[at + CELL.atMs] ?? latestMs;
      const cursor = rows.cells[at + CELL.labelCursor] ?? Number.NaN;
      if (cursor > highest) highest = cursor;
      else if (Number.isNaN(cursor) && atMs > latestMs) latestMs = atMs;
    }
    const enough = (): boolean => {
      if (this.#readTo < highest) return false;
      return latestMs === Number.NEGATIVE_INFINITY || (this.#replayer.waiting?.recordedAtMs ?? 0) > latestMs;
    };
    while (!enough()) if (!(await this.#offerPage())) return;
  }

  async #offerPage(): Promise<boolean> {
    const labels = await readLabels(this.#pool, this.#readTo);
    const last = labels.at(-1);
    if (last === undefined) return false;
    this.#readTo = last.sequence;
    this.#replayer.offerLabels(labels);
    return true;
  }
}
