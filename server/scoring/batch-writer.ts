import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { BinaryArrays } from "./binary-arrays.ts";
import { decideBatch } from "./decide-batch.ts";
import { liveInserts, type NewPayment } from "./decision-rows.ts";
import type { FeatureState } from "./feature-state.ts";
import type { TurnEntry } from "./feature-store/feature-store.ts";
import { findKnown, groupById, type KnownPayment, repeatVerdict } from "./known-payments.ts";
import type { ScoringMetrics } from "./metrics.ts";
import type { Verdict, Waiting } from "./payment-queue.ts";
import { problemOf } from "./problems.ts";
import type { ServingVersion } from "./serving-version.ts";
import { insertStatement } from "./unnest-insert.ts";
import { isRefusal, type WriterConnection } from "./writer-connection.ts";

export type BatchWriterParts = {
  readonly writer: WriterConnection;
  readonly metrics: ScoringMetrics;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
  /** Tells other servers what was committed. */
  readonly publish: (entry: TurnEntry) => void;
  /** Brings the state up to date with batches that others have written. */
  readonly catchUp: () => Promise<void>;
};

/** What a batch is decided with. */
export type DecidedWith = { readonly version: ServingVersion; readonly state: FeatureState };

/** Who gets which answer; nobody has it yet. */
export type Settlement = { readonly waiting: Waiting; readonly verdict: Verdict };

/** A commit whose outcome nobody knows: the connection broke or fell silent while it was under way. */
export class UncertainCommit extends Error {}

type Written = readonly NewPayment[] | "known" | "refused" | "behind";

/** How often a batch is decided again because another server was quicker. */
const MAX_TRIES = 4;

/** Batches that look up their ids first after one met a known id: who resends one payment may resend more. */
const LOOK_FIRST_BATCHES = 32;

type Groups = ReadonlyMap<string, readonly Waiting[]>;

/**
 * Decides batches and makes the decisions durable, one batch at a time. Nearly every payment is new, so a batch is
 * written without a look first; where the database knows an id already nothing of it was written, and the batch is
 * looked up, and decided again without what is known.
 */
export class BatchWriter {
  readonly #parts: BatchWriterParts;
  readonly #arrays = new BinaryArrays(1_048_576);
  #lookFirst = 0;

  constructor(parts: BatchWriterParts) {
    this.#parts = parts;
  }

  /**
   * The answers of a batch: known ids by what was answered before, the others by a decision that is durable. Payments
   * that the database refuses are found by halving, and cost nobody else their answer.
   * @throws UncertainCommit, or the error of a connection that failed before anything was written.
   */
  async write(batch: readonly Waiting[], serving: DecidedWith): Promise<Settlement[]> {
    const groups = groupById(batch);
    if (this.#lookFirst === 0) {
      const written = await this.#decideAndCommit(firsts(groups), serving);
      if (written === "refused") return this.#halve(groups, serving);
      if (written !== "known") return this.#answered(written, groups);
      this.#lookFirst = LOOK_FIRST_BATCHES;
    }
    this.#lookFirst--;
    return this.#writeUnknown(groups, serving);
  }

  async #writeUnknown(groups: Groups, serving: DecidedWith): Promise<Settlement[]> {
    const known = await this.#timed("lookup", () => findKnown(this.#parts.writer, [...groups.keys()]));
    const settled = [...known].flatMap(([id, payment]) => repeats(groups.get(id) ?? [], payment));
    this.#parts.metrics.countRepeats(settled.length);
    const fresh = new Map([...groups].filter(([id]) => !known.has(id)));
    if (fresh.size === 0) return settled;
    const written = await this.#decideAndCommit(firsts(fresh), serving);
    if (written === "known") return [...settled, ...(await this.#writeUnknown(fresh, serving))]; // raced by another
    if (written === "refused") return [...settled, ...(await this.#halve(fresh, serving))];
    return [...settled, ...this.#answered(written, fresh)];
  }

  #answered(written: readonly NewPayment[], groups: Groups): Settlement[] {
    const { metrics } = this.#parts;
    return written.flatMap((payment) => {
      metrics.countDecision(payment.decision.outcome, payment.decision.failure !== null);
      const group = groups.get(payment.event.id) ?? [];
      if (group.length > 1) metrics.countRepeats(group.length - 1);
      return repeats(group, payment);
    });
  }

  async #decideAndCommit(
    fresh: readonly Waiting[],
    serving: DecidedWith,
  ): Promise<Exclude<Written, "behind">> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const written = await this.#tryOnce(fresh, serving);
      if (written !== "behind") return written;
      await this.#parts.catchUp();
    }
    throw new Error("other servers write batches all the time; set REDIS_URL so that servers take turns");
  }

  /** "behind": another server wrote a batch that the state does not know. Nothing was written then. */
  async #tryOnce(fresh: readonly Waiting[], serving: DecidedWith): Promise<Written> {
    const { writer, metrics, onFailure } = this.#parts;
    const { state } = serving;
    const decisions = this.#decide(fresh, serving);
    if (decisions === null) return "refused";
    const turn = state.turn + 1;
    try {
      this.#arrays.reset();
      const inserts = liveInserts(decisions, serving.version.canary !== null);
      const statement = insertStatement(inserts, this.#arrays, turn);
      const writing = writer.write<[turn: number | null, lastSeq: number | null]>(statement);
      const [[written, lastSeq] = [null, null]] = await this.#timed("commit", () => writing);
      if (written === null) {
        state.engine.rollback();
        return "behind";
      }
      state.engine.commit();
      this.#keep(state, decisions, lastSeq ?? state.seenTo);
    } catch (error) {
      state.engine.rollback();
      if (isUniqueViolation(error)) return "known";
      metrics.countCommitFailure();
      if (!isRefusal(error))
        throw new UncertainCommit("the outcome of a commit is not known", { cause: error });
      onFailure(error);
      return "refused";
    }
    metrics.observeBatch(decisions.length);
    return decisions;
  }

  #keep(state: FeatureState, decisions: readonly NewPayment[], lastSeq: number): void {
    const { turn: previous, labelCursor } = state;
    const turn = previous + 1;
    state.turn = turn;
    state.seenTo = lastSeq;
    const events = decisions.map(({ event }) => event);
    this.#parts.publish({ previous, turn, lastSeq, labelCursor, events });
  }

  /** Null when features could not be computed; nothing is left observed then. */
  #decide(fresh: readonly Waiting[], { version, state }: DecidedWith): NewPayment[] | null {
    const payments = fresh.map((waiting) => waiting.payment);
    const { metrics, now, onFailure } = this.#parts;
    state.engine.begin();
    try {
      return decideBatch(payments, {
        serving: version,
        state,
        scoredAt: now(),
        observe: metrics.observe,
        observeModel: metrics.observeModel,
      });
    } catch (error) {
      state.engine.rollback();
      onFailure(error);
      return null;
    }
  }

  async #halve(groups: Groups, serving: DecidedWith): Promise<Settlement[]> {
    const all = [...groups.values()];
    if (all.length === 1) {
      return all.flat().map((waiting) => ({ waiting, verdict: { problem: problemOf("internal") } }));
    }
    const middle = Math.ceil(all.length / 2);
    const first = await this.write(all.slice(0, middle).flat(), serving);
    return [...first, ...(await this.write(all.slice(middle).flat(), serving))];
  }

  async #timed<T>(stage: "lookup" | "commit", work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#parts.metrics.observe(stage, (performance.now() - start) / 1000);
    }
  }
}

function firsts(groups: Groups): Waiting[] {
  return [...groups.values()].flatMap((group) => group.slice(0, 1));
}

function repeats(group: readonly Waiting[], known: KnownPayment): Settlement[] {
  return group.map((waiting) => ({ waiting, verdict: repeatVerdict(known, waiting.payment.requestHash) }));
}
