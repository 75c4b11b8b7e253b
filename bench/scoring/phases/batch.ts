import { type Bench, measured } from "../bench.ts";
import { type Figures, figuresOf, medianFigures } from "../figures.ts";

export type BatchReport = {
  readonly size: number;
  readonly connections: number;
  readonly median: Figures;
  readonly rounds: readonly Figures[];
};

const SIZE = 1_000;
const CONNECTIONS = 2; // one batch is read while the other is decided

/** Batches of a thousand, a few at a time. */
export async function batchPhase(bench: Bench): Promise<BatchReport> {
  const figures: Figures[] = [];
  for (let round = 0; round < bench.options.rounds; round++) {
    const job = { connections: CONNECTIONS, seconds: bench.options.seconds, batch: SIZE, rate: null };
    figures.push(figuresOf(await measured(bench, { ...job, seed: round, endpoints: [bench.batch] })));
  }
  return { size: SIZE, connections: CONNECTIONS, median: medianFigures(figures), rounds: figures };
}
