import type { FeatureSet } from "#ml/features/feature-set.ts";

/** How the served vectors compare with the replayed ones, bit for bit. */
export type SkewReport = {
  readonly compared: number;
  readonly differing: number;
  /** differing rows by feature name, most first; empty when all agree */
  readonly byFeature: readonly { readonly feature: string; readonly rows: number }[];
  /** the first few transactions that differ */
  readonly examples: readonly string[];
};

const EXAMPLES = 5;

/** Compares served vectors with replayed rows and keeps count of what differs. */
export class SkewCounter {
  readonly #names: readonly string[];
  readonly #byFeature = new Map<string, number>();
  readonly #examples: string[] = [];
  #compared = 0;
  #differing = 0;

  constructor(featureSet: FeatureSet) {
    this.#names = featureSet.definitions.map((definition) => definition.name);
  }

  /**
   * Compares one row, `replayed` being the bytes of its float64 values; true when they are the same bits. A vector of
   * another length differs in every feature.
   */
  add(transactionId: string, served: Uint8Array, replayed: Uint8Array): boolean {
    this.#compared++;
    if (Buffer.compare(served, replayed) === 0) return true;
    this.#differing++;
    if (this.#examples.length < EXAMPLES) this.#examples.push(transactionId);
    for (const [feature, name] of this.#names.entries()) {
      const at = feature * 8;
      const differs =
        served.length !== replayed.length ||
        Buffer.compare(served.subarray(at, at + 8), replayed.subarray(at, at + 8)) !== 0;
      if (differs) this.#byFeature.set(name, (this.#byFeature.get(name) ?? 0) + 1);
    }
    return false;
  }

  report(): SkewReport {
    const byFeature = [...this.#byFeature].map(([feature, rows]) => ({ feature, rows }));
    return {
      compared: this.#compared,
      differing: this.#differing,
      byFeature: byFeature.sort((a, b) => b.rows - a.rows),
      examples: this.#examples,
    };
  }
}
