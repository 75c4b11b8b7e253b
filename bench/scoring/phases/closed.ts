import { type Bench, measured } from "../bench.ts";
import { type Figures, figuresOf, medianFigures } from "../figures.ts";

export type ClosedReport = readonly {
  readonly connections: number;
  readonly median: Figures;
  readonly rounds: readonly Figures[];
}[];

/** One payment a request, as many connections as asked for, each sending when it was answered. */
export async function closedPhase(bench: Bench): Promise<ClosedReport> {
  const { connections, rounds, seconds } = bench.options;
  const report: { connections: number; median: Figures; rounds: Figures[] }[] = [];
  for (const count of connections) {
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round++) {
      const job = { connections: count, seconds, batch: 1, rate: null, seed: round };
      figures.push(figuresOf(await measured(bench, { ...job, endpoints: [bench.score] })));
    }
    report.push({ connections: count, median: medianFigures(figures), rounds: figures });
  }
  return report;
}

/** Lets the compilers of both sides see the code before anything counts. */
export async function warmUp(bench: Bench): Promise<void> {
  const job = { connections: 64, seconds: 3, batch: 1, rate: null, seed: 0 };
  await bench.load.run({ ...job, endpoints: [bench.score] });
  bench.signal.throwIfAborted();
}
