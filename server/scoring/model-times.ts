import { modelBounds } from "#server/domain/scoring-time.ts";

/** Counts by duration; whole numbers. */
export type TakenTimes = {
  /** requests, by `answerBounds` */
  readonly answers: number[];
  /** payments by model version, by `modelBounds` */
  readonly models: ReadonlyMap<string, number[]>;
};

/** How long models take for a payment, counted by duration: one addition for a batch. */
export class ModelTimes {
  #counts = new Map<string, Float64Array>();

  /** Adds so many payments that took `seconds` each. */
  add(modelVersionId: string, seconds: number, payments: number): void {
    let counts = this.#counts.get(modelVersionId);
    if (counts === undefined) {
      counts = new Float64Array(modelBounds.length + 1);
      this.#counts.set(modelVersionId, counts);
    }
    const place = Math.ceil(Math.log2(seconds * 1e6) * 4);
    const bucket = place > 0 ? Math.min(place, modelBounds.length) : 0;
    counts[bucket] = (counts[bucket] ?? 0) + payments;
  }

  /** What was added since the last call. */
  take(): ReadonlyMap<string, number[]> {
    const taken = new Map([...this.#counts].map(([id, counts]) => [id, [...counts]]));
    this.#counts = new Map();
    return taken;
  }
}

/** Differences of counts that only grow. */
export class CountsSince {
  #before: readonly number[] = [];

  /** What `counts` holds beyond those of the call before. */
  take(counts: Float64Array): number[] {
    const now = [...counts];
    const grown = now.map((count, place) => count - (this.#before[place] ?? 0));
    this.#before = now;
    return grown;
  }
}
