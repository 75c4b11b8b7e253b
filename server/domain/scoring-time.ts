/** Upper bounds, in seconds, by which requests are counted; what is longer comes after the last. */
export const answerBounds: readonly number[] = [
  0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2,
];

/** The same for one payment's score by a model: four to a doubling, from a microsecond to a quarter of a second. */
export const modelBounds: readonly number[] = Array.from({ length: 73 }, (_, i) => 1e-6 * 2 ** (i / 4));

/** answer: the whole request · model: one payment's score. */
export type ScoringTimeKind = "answer" | "model";
