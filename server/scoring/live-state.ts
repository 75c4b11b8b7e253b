import type { Pool } from "pg";
import { withDeadline } from "./deadline.ts";
import { applyLabels, type FeatureState, rebuildFeatureState } from "./feature-state.ts";
import { applyEntries, catchUp, OutOfOrder } from "./feature-store/catch-up.ts";
import type { FeatureStore, OrderedState, TurnEntry } from "./feature-store/feature-store.ts";
import { HistoryWatch } from "./history-watch.ts";
import { readLabels } from "./payment-log.ts";
import { ServingLoader } from "./serving-loader.ts";
import type { ServingVersion } from "./serving-version.ts";
import type { Snapshots } from "./snapshot/snapshots.ts";

export type OnEvent = (level: "info" | "warn" | "error", message: string, error?: unknown) => void;

export type LiveStateParts = {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly onEvent: OnEvent;
  /** Whatever changes the state runs in its turn. */
  readonly store: FeatureStore;
  /** Where state may start from, so that the whole log need not be replayed. */
  readonly snapshots?: Snapshots;
};

/** What a batch is decided with: the two always belong together. */
export type Serving = { readonly version: ServingVersion; readonly state: FeatureState };

const READ_LIMIT_MS = 5_000;

/** The champion, the policy and the features that serve, kept in step with the database and with other servers. */
export class LiveState implements OrderedState {
  readonly #parts: LiveStateParts;
  readonly #loader: ServingLoader;
  readonly #history: HistoryWatch;
  #serving: Serving | null = null;
  #behind = false; // a commit may or may not have happened

  constructor(parts: LiveStateParts) {
    this.#parts = parts;
    this.#history = new HistoryWatch(parts.pool);
    this.#loader = new ServingLoader(
      parts.pool,
      (id, error) =>
        parts.onEvent("error", `the champion ${id} cannot be loaded; what served before goes on`, error),
      (message, error) => parts.onEvent("warn", message, error),
    );
  }

  /** Null until it was loaded. */
  get serving(): Serving | null {
    return this.#serving;
  }

  /** Runs work while nothing else changes the state, here or on another server, and on all that did before. */
  turn<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#parts.store.turn(this, work);
  }

  position(): FeatureState | null {
    return this.#serving?.state ?? null;
  }

  async apply(entries: readonly TurnEntry[]): Promise<void> {
    await this.#orForget((state) => applyEntries(this.#parts.pool, state, entries));
  }

  /** Learns from the database what other servers, or this one without knowing it, have written. Call in turn. */
  async catchUp(): Promise<void> {
    await this.#orForget((state) => catchUp(this.#parts.pool, state));
    this.#behind = false;
  }

  /** Remembers that a commit may or may not have happened. */
  doubt(): void {
    this.#behind = true;
  }

  /**
   * Makes the state what the database says: from nothing, or with a commit that was in doubt. Call after the session
   * of that commit is gone.
   */
  async resume(): Promise<void> {
    if (this.#serving === null) await this.#rebuild(await this.#loader.load(null, this.#parts.now()));
    else if (this.#behind) await this.turn(() => this.catchUp());
  }

  /** Applies the labels recorded since. */
  async followLabels(): Promise<void> {
    for (;;) {
      const state = this.#serving?.state;
      if (state === undefined) return;
      const reading = readLabels(this.#parts.pool, state.labelCursor);
      const labels = await withDeadline(reading, READ_LIMIT_MS, "reading labels");
      if (labels.length === 0) return;
      await this.turn(() => {
        if (this.#serving?.state !== state) return;
        applyLabels(state, labels);
        this.#publishLabels(state);
      });
    }
  }

  /**
   * Takes up another champion or policy, and history that was imported meanwhile. What served before goes on until the
   * features are ready.
   */
  async followServing(): Promise<void> {
    const before = this.#serving;
    if (before === null) return;
    const reading = Promise.all([this.#loader.load(before.version, this.#parts.now()), this.#history.look()]);
    const [version, history] = await withDeadline(reading, READ_LIMIT_MS, "reading what serves");
    const changed = version !== before.version;
    const sameFeatures = version.featureSet.version === before.version.featureSet.version;
    if (history === "grown" || (changed && (history === "growing" || !sameFeatures))) {
      this.#parts.onEvent("info", `rebuilding feature state for ${version.featureSet.version}`);
      await this.#rebuild(version);
    } else if (changed) {
      await this.turn(() => {
        if (this.#serving === before) this.#serving = { version, state: before.state };
      });
    }
    if (changed) this.#tell(version);
  }

  async #rebuild(version: ServingVersion): Promise<void> {
    const { pool, snapshots } = this.#parts;
    const rebuilt = await rebuildFeatureState(pool, version.featureSet, snapshots);
    await this.turn(async () => {
      const state = await rebuilt.finish();
      this.#serving = { version, state };
      this.#behind = false;
      this.#history.restart(state.builtTo);
      this.#publishLabels(state);
    });
  }

  /** Others apply the same labels at the same place in the order. */
  #publishLabels({ turn, labelCursor, seenTo }: FeatureState): void {
    this.#parts.store.publish({ previous: turn, turn, lastSeq: seenTo, labelCursor, events: [] });
  }

  /** A state that cannot be brought up to date is of no use; the next one is built from the log. */
  async #orForget(work: (state: FeatureState) => Promise<void>): Promise<void> {
    const state = this.#serving?.state;
    if (state === undefined) return;
    try {
      await work(state);
    } catch (error) {
      if (error instanceof OutOfOrder) this.#serving = null;
      else this.#behind = true;
      throw error;
    }
  }

  #tell({ champion, active }: ServingVersion): void {
    const model = champion?.modelVersionId ?? "no model";
    this.#parts.onEvent("info", `deciding with ${model} and policy ${active.policyVersionId}`);
  }
}
