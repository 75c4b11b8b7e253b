import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { UncertainCommit, writeBatch } from "./batch-writer.ts";
import { withDeadline } from "./deadline.ts";
import type { NewPayment } from "./decision-rows.ts";
import { Exclusive } from "./exclusive.ts";
import { applyLabels, type FeatureState, rebuildFeatureState } from "./feature-state.ts";
import { findKnown } from "./known-payments.ts";
import { createMetrics, type ScoringMetrics } from "./metrics.ts";
import { readLabels } from "./payment-log.ts";
import { PaymentQueue, type Verdict } from "./payment-queue.ts";
import { problemOf } from "./problems.ts";
import { ServingLoader } from "./serving-loader.ts";
import type { ServingVersion } from "./serving-version.ts";
import { WriterConnection } from "./writer-connection.ts";

export type EngineOptions = {
  readonly databaseUrl: string;
  /** for everything but the writing of decisions */
  readonly pool: Pool;
  readonly now: () => Date;
  readonly onEvent: (level: "info" | "warn" | "error", message: string, error?: unknown) => void;
  readonly queueCapacity?: number;
};

const QUEUE_CAPACITY = 4_000;
const MAX_COMMIT = 512;
const RETRY_MS = 250;
const ANSWER_LIMIT_MS = 1_900;

type Phase = "starting" | "ready" | "away" | "closed";

/**
 * Decides payments: one batch per commit, and what arrives while a commit is under way forms the next. Owns the feature
 * state, the champion and the policy. While the database is away it refuses at once and tries to come back by itself.
 */
export class ScoringEngine {
  readonly metrics: ScoringMetrics;
  readonly #options: EngineOptions;
  readonly #writer: WriterConnection;
  readonly #queue: PaymentQueue;
  readonly #loader: ServingLoader;
  readonly #exclusive = new Exclusive();
  #phase: Phase = "starting";
  #serving: ServingVersion | null = null;
  #state: FeatureState | null = null;
  #uncertain: readonly NewPayment[] = [];
  #pumping: Promise<void> | null = null;
  readonly #wanted = new Set<"labels" | "serving">();
  #following: Promise<void> | null = null;
  #connecting: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#writer = new WriterConnection(options.databaseUrl);
    this.#loader = new ServingLoader(options.pool, (id, error) =>
      options.onEvent("error", `the champion ${id} cannot be loaded; what served before goes on`, error),
    );
    this.#queue = new PaymentQueue(options.queueCapacity ?? QUEUE_CAPACITY);
    this.metrics = createMetrics({
      queueDepth: () => this.#queue.length,
      storeSize: () => this.#state?.engine.entityCount() ?? 0,
      ready: () => this.missing().length === 0,
    });
  }

  /** Resolves once payments can be decided; tries until then, for as long as the database is away. */
  start(): Promise<void> {
    this.#connecting = this.#connect();
    return this.#connecting;
  }

  /** What is missing before this server is ready, in words; empty when nothing is. */
  missing(): string[] {
    const missing: string[] = [];
    if (this.#phase === "starting") missing.push("feature state");
    if (this.#phase === "away") missing.push("database");
    if (this.#phase === "closed") missing.push("the server is stopping");
    if ((this.#serving?.champion ?? null) === null) missing.push("champion");
    return missing;
  }

  /** Verdicts of these payments, in order. All are queued, or all are refused. */
  submit(payments: readonly AcceptedPayment[]): Promise<Verdict[]> {
    const refuse = (kind: "unavailable" | "overloaded"): Promise<Verdict[]> =>
      Promise.resolve(payments.map(() => ({ problem: problemOf(kind) })));
    if (this.#phase !== "ready") return refuse("unavailable");
    const verdicts = this.#queue.add(payments, performance.now());
    if (verdicts === null) return refuse("overloaded");
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null;
    });
    const inTime = withDeadline(Promise.all(verdicts), ANSWER_LIMIT_MS, "deciding");
    return inTime.catch(() => refuse("unavailable")); // sent again, it gets the verdict that came too late
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
  }

  async #pump(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise(setImmediate); // what was read from the sockets in this turn joins the batch
      await this.#exclusive.run(() => this.#writeNext());
    }
  }

  async #writeNext(): Promise<void> {
    const { now, onEvent } = this.#options;
    const [serving, state] = [this.#serving, this.#state];
    if (serving === null || state === null || this.#phase !== "ready") {
      return this.#queue.settleAll({ problem: problemOf("unavailable") });
    }
    const batch = this.#queue.take(MAX_COMMIT);
    const start = performance.now();
    for (const { since } of batch) this.metrics.observe("wait", (start - since) / 1000);
    const onFailure = (error: unknown): void =>
      onEvent("error", "payments were refused by the database", error);
    try {
      await writeBatch(batch, {
        writer: this.#writer,
        serving,
        state,
        metrics: this.metrics,
        now,
        onFailure,
      });
    } catch (error) {
      this.#goAway(error);
      const verdict: Verdict = { problem: problemOf("unavailable") };
      for (const waiting of batch) waiting.settle(verdict); // those answered already are not changed by it
      this.#queue.settleAll(verdict);
    }
  }

  #goAway(error: unknown): void {
    if (error instanceof UncertainCommit) this.#uncertain = error.payments;
    this.#phase = "away";
    this.#writer.abandon();
    this.#options.onEvent("error", "the database is away; nothing is decided until it is back", error);
    this.#connecting = this.#connect();
  }

  async #connect(): Promise<void> {
    for (let attempt = 1; this.#phase !== "ready" && this.#phase !== "closed"; attempt++) {
      try {
        await this.#writer.reconnect();
        await this.#exclusive.run(() => this.#resume());
        this.#options.onEvent("info", "ready to decide");
      } catch (error) {
        this.#writer.abandon();
        if (attempt % 20 === 1) this.#options.onEvent("warn", "no database yet; trying on", error);
        await sleep(RETRY_MS);
      }
    }
  }

  /** Makes the state what the database says: from nothing, or with a commit that was thought to have failed. */
  async #resume(): Promise<void> {
    const { pool, now } = this.#options;
    if (this.#state === null || this.#serving === null) {
      this.#serving = await this.#loader.load(null, now());
      const rebuilt = await rebuildFeatureState(pool, this.#serving.featureSet);
      this.#state = await rebuilt.finish();
    }
    if (this.#uncertain.length > 0) {
      const known = await findKnown(
        this.#writer,
        this.#uncertain.map((p) => p.event.id),
      );
      for (const { event, response } of this.#uncertain) {
        if (known.get(event.id)?.response === response) this.#state.engine.observe(event);
      }
      this.#uncertain = [];
    }
    if (this.#phase !== "closed") this.#phase = "ready";
  }

  async #followWanted(): Promise<void> {
    for (const what of this.#wanted) {
      this.#wanted.delete(what); // asked for again while it runs, it comes again
      if (this.#phase !== "ready") continue;
      const step = what === "labels" ? this.#followLabels() : this.#followServing();
      await step.catch((error: unknown) =>
        this.#options.onEvent("warn", `${what} could not be followed`, error),
      );
    }
  }

  async #followLabels(): Promise<void> {
    for (;;) {
      const state = this.#state;
      if (state === null) return;
      const labels = await withDeadline(
        readLabels(this.#options.pool, state.labelCursor),
        5_000,
        "reading labels",
      );
      if (labels.length === 0) return;
      await this.#exclusive.run(() => {
        if (this.#state === state) applyLabels(state, labels);
      });
    }
  }

  async #followServing(): Promise<void> {
    const { pool, now, onEvent } = this.#options;
    const before = this.#serving;
    const next = await withDeadline(
      this.#loader.load(before, now()),
      5_000,
      "reading the champion and the policy",
    );
    if (next === before) return;
    if (next.featureSet.version === before?.featureSet.version) {
      await this.#exclusive.run(() => {
        this.#serving = { ...next, featureSet: before.featureSet };
      });
    } else {
      onEvent("info", `rebuilding feature state for ${next.featureSet.version}`);
      const rebuilt = await rebuildFeatureState(pool, next.featureSet);
      await this.#exclusive.run(async () => {
        this.#state = await rebuilt.finish();
        this.#serving = next;
      });
    }
    onEvent(
      "info",
      `deciding with ${next.champion?.modelVersionId ?? "no model"}, ${next.active.policyVersionId}`,
    );
  }
}
