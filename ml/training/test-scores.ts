import type { Dataset } from "./dataset.ts";
import type { Slice } from "./time-split.ts";

/** Scored test rows of one model, for comparing models on the same rows. */
export type TestScores = {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly occurredAtMs: Float64Array;
  readonly amountMinor: Float64Array;
  readonly customerIds: readonly string[];
  readonly cardIds: readonly string[];
  readonly transactionIds: readonly string[];
};

/** Joins scores with what an evaluation needs of their rows. */
export function testRowsWith(
  scores: Float64Array,
  dataset: Dataset,
  slice: Pick<Slice, "rows" | "labels">,
): TestScores {
  const numbers = (column: Float64Array): Float64Array =>
    Float64Array.from(slice.rows, (row) => column[row] as number);
  const texts = (column: readonly string[]): string[] => Array.from(slice.rows, (row) => column[row] ?? "");
  return {
    scores,
    labels: slice.labels,
    occurredAtMs: numbers(dataset.occurredAtMs),
    amountMinor: numbers(dataset.amountMinor),
    customerIds: texts(dataset.customerIds),
    cardIds: texts(dataset.cardIds),
    transactionIds: texts(dataset.transactionIds),
  };
}
