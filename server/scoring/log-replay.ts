import type { Pool } from "pg";
import { createFeatureEngine, type FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { Replayer } from "#ml/features/replay.ts";
import type { LoggedLabel } from "#server/db/logged-labels.ts";
import { type LoggedPayment, readLabels, readPayments } from "./payment-log.ts";

/** Payments between two turns of the event loop, so that a replay never holds up requests for long. */
const STRIDE = 500;

/**
 * Replays the log of the database through the engine that serves: payments in order of arrival, labels as far as a
 * payment saw them (see Replayer). Can be continued where it stopped.
 */
export class LogReplay {
  readonly engine: FeatureEngine;
  readonly #pool: Pool;
  readonly #replayer: Replayer;
  readonly #offered: LoggedLabel[] = [];
  #applied = 0;
  #readTo = 0;
  #lastSeq = 0;
  #cursor = 0;

  constructor(pool: Pool, featureSet: FeatureSet) {
    this.#pool = pool;
    this.engine = createFeatureEngine(featureSet);
    this.#replayer = new Replayer(this.#counting());
  }

  /** Sequence of the last label applied; 0 before the first. */
  get labelCursor(): number {
    return this.#cursor;
  }

  /** Sequence of the last payment replayed. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /**
   * Replays the payments that came since the last call. `out` gives the row to write a payment's features to, or null.
   * `onPage` is told after each page of payments. Returns how many payments there were.
   */
  async advance(
    out: (payment: LoggedPayment) => Float64Array | null = () => null,
    onPage: (payments: readonly LoggedPayment[]) => Promise<void> = async () => {},
  ): Promise<number> {
    let count = 0;
    for await (const payments of readPayments(this.#pool, this.engine.featureSet, this.#lastSeq)) {
      await this.#offerLabelsFor(payments);
      for (const [i, payment] of payments.entries()) {
        if (i % STRIDE === STRIDE - 1) await new Promise(setImmediate);
        this.#replayer.next(payment.event, out(payment), 0);
        this.#lastSeq = payment.seq;
      }
      count += payments.length;
      await onPage(payments);
    }
    return count;
  }

  /** Applies every label recorded so far, whatever the time of the last payment: what the next payment will see. */
  async applyKnownLabels(): Promise<void> {
    while (await this.#offerPage());
    const counting = this.#replayer.engine;
    for (const label of this.#offered.slice(this.#applied)) counting.applyLabel(label);
  }

  /** Offers labels until one is not due yet at any of these payments. */
  async #offerLabelsFor(payments: readonly LoggedPayment[]): Promise<void> {
    const latestMs = payments.reduce(
      (max, p) => Math.max(max, p.event.occurredAtMs),
      Number.NEGATIVE_INFINITY,
    );
    const highest = payments.reduce((max, p) => Math.max(max, p.event.labelCursor ?? 0), 0);
    for (;;) {
      const last = this.#offered.at(-1);
      if (last !== undefined && last.recordedAtMs > latestMs && last.sequence > highest) return;
      if (!(await this.#offerPage())) return;
    }
  }

  async #offerPage(): Promise<boolean> {
    const labels = await readLabels(this.#pool, this.#readTo);
    const last = labels.at(-1);
    if (last === undefined) return false;
    this.#readTo = last.sequence;
    this.#offered.splice(0, this.#applied);
    this.#applied = 0;
    this.#offered.push(...labels);
    this.#replayer.offerLabels(labels);
    return true;
  }

  /** The engine, noting what the replayer applies. */
  #counting(): FeatureEngine {
    const { engine } = this;
    return {
      featureSet: engine.featureSet,
      compute: (event, out, offset) => engine.compute(event, out, offset),
      observe: (event) => engine.observe(event),
      computeRow: (rows, row, out) => engine.computeRow(rows, row, out),
      observeRow: (rows, row) => engine.observeRow(rows, row),
      applyLabel: (label) => {
        engine.applyLabel(label);
        this.#cursor = this.#offered[this.#applied]?.sequence ?? this.#cursor;
        this.#applied++;
      },
      entityCount: () => engine.entityCount(),
      begin: () => engine.begin(),
      commit: () => engine.commit(),
      rollback: () => engine.rollback(),
      snapshot: () => engine.snapshot(),
      restore: (snapshot) => engine.restore(snapshot),
    };
  }
}
