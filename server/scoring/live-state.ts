import type { Pool } from "pg";
import { withDeadline } from "./deadline.ts";
import type { NewPayment } from "./decision-rows.ts";
import type { Exclusive } from "./exclusive.ts";
import { applyLabels, type FeatureState, rebuildFeatureState } from "./feature-state.ts";
import { HistoryWatch } from "./history-watch.ts";
import { findKnown } from "./known-payments.ts";
import { readLabels } from "./payment-log.ts";
import { ServingLoader } from "./serving-loader.ts";
import type { ServingVersion } from "./serving-version.ts";
import type { Snapshots } from "./snapshot/snapshots.ts";
import type { WriterConnection } from "./writer-connection.ts";

export type OnEvent = (level: "info" | "warn" | "error", message: string, error?: unknown) => void;

export type LiveStateParts = {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly onEvent: OnEvent;
  /** Whatever changes the state runs in turn with the batches. */
  readonly exclusive: Exclusive;
  /** Where state may start from, so that the whole log need not be replayed. */
  readonly snapshots?: Snapshots;
};

/** What a batch is decided with: the two always belong together. */
export type Serving = { readonly version: ServingVersion; readonly state: FeatureState };

const READ_LIMIT_MS = 5_000;

/** The champion, the policy and the features that serve, kept in step with the database. */
export class LiveState {
  readonly #parts: LiveStateParts;
  readonly #loader: ServingLoader;
  readonly #history: HistoryWatch;
  #serving: Serving | null = null;
  #uncertain: readonly NewPayment[] = [];

  constructor(parts: LiveStateParts) {
    this.#parts = parts;
    this.#history = new HistoryWatch(parts.pool);
    this.#loader = new ServingLoader(parts.pool, (id, error) =>
      parts.onEvent("error", `the champion ${id} cannot be loaded; what served before goes on`, error),
    );
  }

  /** Null until it was loaded. */
  get serving(): Serving | null {
    return this.#serving;
  }

  /** Remembers payments of a commit that may or may not have happened. */
  doubt(payments: readonly NewPayment[]): void {
    this.#uncertain = payments;
  }

  /**
   * Makes the state what the database says: from nothing, or with a commit that was in doubt. Call in turn with the
   * batches, and after the session of that commit is gone.
   */
  async resume(writer: WriterConnection): Promise<void> {
    const serving = this.#serving ?? (await this.#load());
    this.#serving = serving;
    if (this.#uncertain.length === 0) return;
    const ids = this.#uncertain.map((payment) => payment.event.id);
    const known = await findKnown(writer, ids);
    for (const { event, response } of this.#uncertain) {
      if (known.get(event.id)?.response === response) serving.state.engine.observe(event);
    }
    this.#uncertain = [];
  }

  /** Applies the labels recorded since. */
  async followLabels(): Promise<void> {
    for (;;) {
      const state = this.#serving?.state;
      if (state === undefined) return;
      const reading = readLabels(this.#parts.pool, state.labelCursor);
      const labels = await withDeadline(reading, READ_LIMIT_MS, "reading labels");
      if (labels.length === 0) return;
      await this.#parts.exclusive.run(() => {
        if (this.#serving?.state === state) applyLabels(state, labels);
      });
    }
  }

  /**
   * Takes up another champion or policy, and history that was imported meanwhile. What served before goes on until the
   * features are ready.
   */
  async followServing(): Promise<void> {
    const { now, exclusive } = this.#parts;
    const before = this.#serving;
    if (before === null) return;
    const reading = Promise.all([this.#loader.load(before.version, now()), this.#history.look()]);
    const [version, history] = await withDeadline(reading, READ_LIMIT_MS, "reading what serves");
    const changed = version !== before.version;
    const sameFeatures = version.featureSet.version === before.version.featureSet.version;
    if (history === "grown" || (changed && (history === "growing" || !sameFeatures))) {
      await this.#rebuild(version);
    } else if (changed) {
      await exclusive.run(() => {
        this.#serving = { version, state: before.state };
      });
    }
    if (changed) this.#tell(version);
  }

  async #rebuild(version: ServingVersion): Promise<void> {
    const { pool, onEvent, exclusive, snapshots } = this.#parts;
    onEvent("info", `rebuilding feature state for ${version.featureSet.version}`);
    const rebuilt = await rebuildFeatureState(pool, version.featureSet, snapshots);
    await exclusive.run(async () => {
      if (this.#uncertain.length > 0)
        throw new Error("a commit is in doubt; the state is rebuilt again later");
      this.#serving = { version, state: await rebuilt.finish() };
      this.#history.restart(this.#serving.state.builtTo);
    });
  }

  #tell({ champion, active }: ServingVersion): void {
    const model = champion?.modelVersionId ?? "no model";
    this.#parts.onEvent("info", `deciding with ${model} and policy ${active.policyVersionId}`);
  }

  async #load(): Promise<Serving> {
    const version = await this.#loader.load(null, this.#parts.now());
    const rebuilt = await rebuildFeatureState(this.#parts.pool, version.featureSet, this.#parts.snapshots);
    const state = await rebuilt.finish();
    this.#history.restart(state.builtTo);
    return { version, state };
  }
}
