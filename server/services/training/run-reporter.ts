import type { Database } from "#server/db/client.ts";
import { writeHeartbeat } from "./run-state.ts";

export type Progress = { readonly stage: string; readonly fraction: number };

/** Thrown into a run that someone cancelled. */
export class TrainingCancelled extends Error {}

const HEARTBEAT_MS = 1_000;

/** Writes a run's progress about once a second and aborts `signal` when the run is cancelled. */
export class RunReporter {
  readonly #db: Database;
  readonly #runId: string;
  readonly #now: () => Date;
  readonly #cancelled = new AbortController();
  #latest: Progress = { stage: "starting", fraction: 0 };
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Database, runId: string, now: () => Date) {
    this.#db = db;
    this.#runId = runId;
    this.#now = now;
  }

  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  report(progress: Progress): void {
    this.#latest = progress;
  }

  start(): void {
    this.#schedule();
  }

  /** Stops writing; resolves when the last write is done. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#writing = this.#write().then(() => {
        if (this.#timer !== null) this.#schedule();
      });
    }, HEARTBEAT_MS);
  }

  async #write(): Promise<void> {
    const { stage, fraction } = this.#latest;
    try {
      const { stop } = await writeHeartbeat(this.#db, this.#runId, {
        stage,
        progress: fraction,
        at: this.#now(),
      });
      if (stop) this.#cancelled.abort(new TrainingCancelled("cancelled"));
    } catch {
      // The database is away for a moment: the next beat tells, and too long a silence fails the run.
    }
  }
}
