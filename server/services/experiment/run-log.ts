import type { Database } from "#server/db/client.ts";

/** A run writes no more lines than this: a log is read by people. */
const MOST_LINES = 5_000;
const FLUSH_MS = 1_000;
const LONGEST = 500;

type Line = { readonly trial: number | null; readonly at: Date; readonly text: string };

/** The log of a run: lines are gathered and written about once a second, in order. */
export class RunLog {
  readonly #db: Database;
  readonly #runId: string;
  readonly #now: () => Date;
  #waiting: Line[] = [];
  #written = 0;
  #flushing: Promise<void> = Promise.resolve();
  #flushedMs = 0;

  constructor(db: Database, runId: string, now: () => Date) {
    this.#db = db;
    this.#runId = runId;
    this.#now = now;
  }

  /** Takes a line; of the trial of that number where one is given. */
  say(text: string, trial: number | null = null): void {
    if (this.#written >= MOST_LINES) return;
    this.#written++;
    const isLast = this.#written === MOST_LINES;
    const at = this.#now();
    this.#waiting.push({
      trial,
      at,
      text: isLast ? "The log is full; the run goes on." : text.slice(0, LONGEST),
    });
    if (at.getTime() - this.#flushedMs >= FLUSH_MS) void this.flush().catch(() => {});
  }

  /** Writes what waits. Lines that could not be written wait for the next time. @throws what the database says */
  flush(): Promise<void> {
    this.#flushedMs = this.#now().getTime();
    this.#flushing = this.#flushing.catch(() => {}).then(() => this.#write());
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    if (lines.length === 0) return;
    await this.#db.trainingLog.createMany({ data: lines.map((line) => ({ runId: this.#runId, ...line })) });
    this.#waiting = this.#waiting.slice(lines.length);
  }
}
