import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { BatchWriter, UncertainCommit } from "./batch-writer.ts";
import { withDeadline } from "./deadline.ts";
import { type FeatureStore, StoreAway } from "./feature-store/feature-store.ts";
import { MemoryStore } from "./feature-store/memory-store.ts";
import { LiveState, type OnEvent } from "./live-state.ts";
import { createMetrics, type ScoringMetrics } from "./metrics.ts";
import { PaymentQueue, type Settle, type Verdict, type Waiting } from "./payment-queue.ts";
import { problemOf } from "./problems.ts";
import type { Snapshots } from "./snapshot/snapshots.ts";
import { WriterConnection } from "./writer-connection.ts";

export type EngineOptions = {
  readonly databaseUrl: string;
  /** for everything but the writing of decisions */
  readonly pool: Pool;
  readonly now: () => Date;
  readonly onEvent: OnEvent;
  readonly queueCapacity?: number;
  readonly snapshots?: Snapshots;
  /** Orders this server's batches with those of others; left out, it decides alone. */
  readonly store?: FeatureStore;
};

const QUEUE_CAPACITY = 4_000;
const QUEUE_ROOM = 800; // at 5,000 a second the last waits a sixth of a second
const MAX_COMMIT = 512;
const RETRY_MS = 250;
const ANSWER_LIMIT_MS = 1_800;
const PING_LIMIT_MS = 1_000;
const TELL_AGAIN_MS = 1_000;

const UNAVAILABLE: Verdict = { problem: problemOf("unavailable") };
const OVERLOADED: Verdict = { problem: problemOf("overloaded") };

type Phase = "starting" | "ready" | "away" | "closed";

/**
 * Decides payments: one batch per commit, and what arrives while a commit is under way forms the next. While the
 * database is away it refuses at once, and tries to come back by itself.
 */
export class ScoringEngine {
  readonly metrics: ScoringMetrics;
  readonly #options: EngineOptions;
  readonly #writer: WriterConnection;
  readonly #batches: BatchWriter;
  readonly #queue: PaymentQueue;
  readonly #store: FeatureStore;
  readonly #live: LiveState;
  readonly #wanted = new Set<"labels" | "serving">();
  #phase: Phase = "starting";
  #toldLostAt = Number.NEGATIVE_INFINITY;
  #pumping: Promise<void> | null = null;
  #following: Promise<void> | null = null;
  #connecting: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#writer = new WriterConnection(options.databaseUrl, (error) => this.#lose(error));
    this.#store = options.store ?? new MemoryStore();
    this.#live = new LiveState({ ...options, store: this.#store });
    const capacity = options.queueCapacity ?? QUEUE_CAPACITY;
    const room = Math.min(QUEUE_ROOM, capacity);
    this.#queue = new PaymentQueue({ capacity, room, limitMs: ANSWER_LIMIT_MS });
    this.metrics = createMetrics({
      queueDepth: () => this.#queue.length,
      storeSize: () => this.#live.serving?.state.engine.entityCount() ?? 0,
      storeBytes: () => this.#live.serving?.state.engine.bytes() ?? 0,
      ready: () => this.#phase === "ready" && this.#hasChampion(),
    });
    this.#batches = new BatchWriter({
      writer: this.#writer,
      metrics: this.metrics,
      now: options.now,
      onFailure: (error) => options.onEvent("error", "payments could not be decided", error),
      publish: (entry) => this.#store.publish(entry),
      catchUp: () => this.#live.catchUp(),
    });
  }

  /** Resolves once payments can be decided; tries until then, for as long as the database is away. */
  start(): Promise<void> {
    this.#connecting = this.#connect();
    return this.#connecting;
  }

  /** What is missing before this server is ready, in words; empty when nothing is. Asks the database. */
  async missing(): Promise<string[]> {
    const missing: string[] = [];
    const ping = withDeadline(this.#options.pool.query("select 1"), PING_LIMIT_MS, "asking the database");
    const answers = await ping.then(
      () => true,
      () => false,
    );
    if (this.#phase === "away" || !answers) missing.push("database");
    const store = this.#store.missing();
    if (store !== null) missing.push(store);
    if (this.#phase === "starting") missing.push("feature state");
    if (this.#phase === "closed") missing.push("the server is stopping");
    if (!this.#hasChampion()) missing.push("champion");
    return missing;
  }

  /** Whether a payment that comes alone would be turned away for want of room. */
  get isCrowded(): boolean {
    return this.#queue.isCrowded;
  }

  /** Queues these payments, all or none. `settle` is told the verdict on each by its place: once, and within two seconds. */
  submit(payments: readonly AcceptedPayment[], settle: Settle): void {
    const ready = this.#phase === "ready";
    if (!ready || !this.#queue.add(payments, settle)) {
      const refusal = ready ? OVERLOADED : UNAVAILABLE;
      for (let place = 0; place < payments.length; place++) settle(refusal, place);
      return;
    }
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null;
    });
  }

  /** Applies new labels, or takes up a new champion or policy; resolves when that is done. Asked often, runs once. */
  follow(what: "labels" | "serving"): Promise<void> {
    this.#wanted.add(what);
    this.#following ??= this.#followWanted().finally(() => {
      this.#following = null;
    });
    return this.#following;
  }

  /** Decides what is queued, then closes the connection. Payments that come later are refused. */
  async close(): Promise<void> {
    await this.#pumping;
    this.#phase = "closed";
    await this.#connecting;
    await this.#following;
    await this.#writer.close();
    await this.#store.close();
  }

  /** Id of the model version that decides; null while none does. */
  get championId(): string | null {
    return this.#live.serving?.version.champion?.modelVersionId ?? null;
  }

  #hasChampion(): boolean {
    return this.championId !== null;
  }

  async #pump(): Promise<void> {
    await new Promise(setImmediate); // what was read from the sockets in this turn joins the batch
    while (this.#queue.length > 0) {
      const settle = await this.#live
        .turn(() => this.#writeNext())
        .catch((error) => this.#withoutTurn(error));
      setImmediate(settle); // the next batch is sent before: the database works while answers are written
    }
  }

  /** Writes the next batch, and leaves it to the caller to give the answers. */
  async #writeNext(): Promise<() => void> {
    const { serving } = this.#live;
    if (serving === null || this.#phase !== "ready") return this.#refuseAll([]);
    const batch = this.#queue.take(MAX_COMMIT);
    const start = performance.now();
    for (const { since } of batch) this.metrics.observe("queue", (start - since) / 1000);
    try {
      const settlements = await this.#batches.write(batch, serving);
      return () => {
        for (const { waiting, verdict } of settlements) waiting.settle(verdict);
      };
    } catch (error) {
      if (error instanceof UncertainCommit) this.#live.doubt();
      this.#lose(error);
      return this.#refuseAll(batch);
    }
  }

  /** Nothing can be decided now: the store is away, or what other servers did could not be followed. */
  #withoutTurn(error: unknown): () => void {
    if (!(error instanceof StoreAway)) this.#lose(error);
    return this.#refuseAll([]);
  }

  /** Tells these, and everyone who waits, to come again. */
  #refuseAll(batch: readonly Waiting[]): () => void {
    const refused = [...batch, ...this.#queue.take(Number.POSITIVE_INFINITY)];
    return () => {
      for (const waiting of refused) waiting.settle(UNAVAILABLE);
    };
  }

  /** The connection is of no use any more: refuse until there is another. */
  #lose(error: unknown): void {
    if (this.#phase !== "ready") return;
    this.#phase = "away";
    this.#writer.abandon();
    if (performance.now() - this.#toldLostAt > TELL_AGAIN_MS) {
      this.#toldLostAt = performance.now(); // a full disk breaks each attempt at once
      this.#options.onEvent("error", "the database is away; nothing is decided until it is back", error);
    }
    this.#connecting = this.#connect();
  }

  async #connect(): Promise<void> {
    for (let attempt = 1; this.#phase !== "ready" && this.#phase !== "closed"; attempt++) {
      try {
        await this.#writer.reconnect();
        await this.#live.resume();
        this.#beReady();
      } catch (error) {
        this.#writer.abandon();
        if (attempt % 20 === 1) this.#options.onEvent("warn", "not ready to decide yet; trying on", error);
        await sleep(RETRY_MS);
      }
    }
  }

  #beReady(): void {
    if (this.#phase === "closed") return; // closed while it was connecting
    this.#phase = "ready";
    this.#options.onEvent("info", "ready to decide");
  }

  async #followWanted(): Promise<void> {
    for (const what of this.#wanted) {
      this.#wanted.delete(what); // asked for again while it runs, it comes again
      if (this.#phase !== "ready") continue;
      const step = what === "labels" ? this.#live.followLabels() : this.#live.followServing();
      await step.catch((error: unknown) =>
        this.#options.onEvent("warn", `${what} could not be followed`, error),
      );
    }
  }
}
